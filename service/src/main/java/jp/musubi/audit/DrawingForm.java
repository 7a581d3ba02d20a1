package jp.musubi.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** 抽出の条件 as typed. */
record DrawingForm(
    @Nullable String from,
    @Nullable String until,
    @Nullable String least,
    @Nullable String count,
    @Nullable String seed) {

  /** The conditions as understood, or what is wrong with them. */
  record Read(Ledger.Condition condition, Map<String, Text> wrong) {}

  /**
   * Reads it.
   *
   * @param lot the seed where none was typed
   */
  Read read(String lot) {
    var reader = new FormReader();
    var typedSeed = reader.line("seed", seed, 64, false);
    var condition =
        new Ledger.Condition(
            reader.day("from", from).map(day -> day.atStartOfDay(JapaneseDates.ZONE).toInstant()),
            reader
                .day("until", until)
                .map(day -> day.plusDays(1).atStartOfDay(JapaneseDates.ZONE).toInstant()),
            reader.yen("least", least),
            count == null || count.isBlank()
                ? Optional.empty()
                : Optional.of(reader.number("count", count, 1, Ledger.MOST)),
            typedSeed.isEmpty() ? lot : typedSeed);
    return new Read(condition, reader.wrong());
  }

  /** The same by a seed that nobody chose. */
  DrawingForm withSeed(String lot) {
    return new DrawingForm(from, until, least, count, lot);
  }

  List<Field> fields(Map<String, Text> wrong) {
    return List.of(
        field("from", from, wrong).drawn(Form.DAY).hinted("audit.day.hint"),
        field("until", until, wrong).drawn(Form.DAY).hinted("audit.day.hint"),
        field("least", least, wrong).drawn(Field.Look.MONEY),
        field("count", count, wrong).drawn(Form.DAY).hinted("audit.bundle.count.hint"),
        field("seed", seed, wrong).hinted("audit.bundle.seed.hint"));
  }

  private static Field field(String name, @Nullable String value, Map<String, Text> wrong) {
    return Field.optional(name, "audit.bundle." + name).with(value).wrong(wrong.get(name));
  }

  /** An address that asks the same. */
  String address(String path, @Nullable String with) {
    var address = UriComponentsBuilder.fromPath(path);
    var values = new LinkedHashMap<String, Object>();
    put(address, values, "from", from);
    put(address, values, "until", until);
    put(address, values, "least", least);
    put(address, values, "count", count);
    put(address, values, "seed", with);
    return address.encode().buildAndExpand(values).toUriString();
  }

  private static void put(
      UriComponentsBuilder address,
      Map<String, Object> values,
      String name,
      @Nullable String value) {
    if (value != null && !value.isBlank()) {
      address.queryParam(name, "{" + name + "}");
      values.put(name, value);
    }
  }
}

package jp.musubi.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.AuditKind;
import jp.musubi.evidence.AuditQuery;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The search as typed.
 *
 * @param from a day by either calendar
 * @param until the last day
 */
record AuditSearchForm(
    @Nullable String from,
    @Nullable String until,
    @Nullable String person,
    @Nullable String contract,
    @Nullable String kind,
    @Nullable String result,
    @Nullable String ip) {
  private static final int LONGEST = 100;

  /** What is asked, or what is wrong with how it was asked. */
  record Reading(AuditQuery query, Map<String, Text> wrong) {}

  /**
   * Reads it.
   *
   * @param opened what an auditor's samples let through; empty for the whole body
   * @param by who asks
   */
  Reading read(Optional<AuditQuery.Opened> opened, UUID by) {
    var reader = new FormReader();
    var query =
        new AuditQuery(
            reader.day("from", from).map(day -> start(day.atStartOfDay())),
            reader.day("until", until).map(day -> start(day.plusDays(1).atStartOfDay())),
            reader.line("person", person, LONGEST, false),
            reader.line("contract", contract, LONGEST, false),
            Arrays.stream(AuditKind.values()).filter(one -> one.name().equals(kind)).findFirst(),
            result == null || result.isBlank()
                ? Optional.empty()
                : Optional.of(result.equals("refused")),
            reader.line("ip", ip, LONGEST, false),
            opened,
            Optional.empty(),
            // What was drawn is open to its auditor, wherever it lies.
            opened.isEmpty() ? Optional.of(by) : Optional.empty());
    return new Reading(query, reader.wrong());
  }

  private static Instant start(java.time.LocalDateTime day) {
    return day.atZone(JapaneseDates.ZONE).toInstant();
  }

  List<Field> fields(Map<String, Text> wrong, Book book) {
    return List.of(
        day("from", from, wrong),
        day("until", until, wrong),
        field("person", person, wrong),
        field("contract", contract, wrong),
        field("kind", kind, wrong)
            .offering(
                options(
                    book.of("audit.kind.all"),
                    Arrays.stream(AuditKind.values()).map(Enum::name).toList(),
                    "audit.kind.",
                    book)),
        field("result", result, wrong)
            .offering(
                options(
                    book.of("audit.result.all"),
                    List.of("done", "refused"),
                    "audit.result.",
                    book)),
        field("ip", ip, wrong));
  }

  private static Field field(String name, @Nullable String typed, Map<String, Text> wrong) {
    return Field.optional(name, "audit." + name).with(typed).wrong(wrong.get(name));
  }

  private static Field day(String name, @Nullable String typed, Map<String, Text> wrong) {
    return field(name, typed, wrong).drawn(Form.DAY).hinted("audit.day.hint");
  }

  private static List<Option> options(String all, List<String> values, String prefix, Book book) {
    var options = new java.util.ArrayList<Option>();
    options.add(new Option("", all));
    values.forEach(value -> options.add(new Option(value, book.of(prefix + value))));
    return options;
  }

  /** An address that asks the same. */
  UriComponentsBuilder address(String path) {
    var address = UriComponentsBuilder.fromPath(path);
    var typed = new LinkedHashMap<String, @Nullable String>();
    typed.put("from", from);
    typed.put("until", until);
    typed.put("person", person);
    typed.put("contract", contract);
    typed.put("kind", kind);
    typed.put("result", result);
    typed.put("ip", ip);
    typed.forEach((name, value) -> {
      if (value != null && !value.isBlank()) {
        address.queryParam(name, "{" + name + "}");
      }
    });
    var values = new LinkedHashMap<String, Object>();
    typed.forEach((name, value) -> values.put(name, value == null ? "" : value));
    return address.uriVariables(values).encode();
  }
}

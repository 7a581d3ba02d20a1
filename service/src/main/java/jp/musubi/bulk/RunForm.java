package jp.musubi.bulk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.FirstTerms;
import jp.musubi.mapping.Mapping;
import jp.musubi.organisation.Office;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** A new list as typed: for which form, in whose name, until when. */
record RunForm(
    @Nullable String idempotencyKey,
    @Nullable String template,
    @Nullable String mapping,
    @Nullable String office,
    @Nullable String deadline,
    @Nullable String readingYears) {
  private static final int LONGEST_DAYS = 365;
  private static final int CLOSING_HOUR = 17;
  private static final Field.Look YEARS =
      new Field.Look("text", "off", "numeric", "short", "contract.unit.years", 5, null);

  static RunForm empty(FirstTerms first, List<Office> offices, LocalDate today) {
    return new RunForm(
        UUID.randomUUID().toString(),
        "",
        "",
        offices.size() == 1 ? offices.getFirst().id().toString() : "",
        JapaneseDates.date(today.plusDays(first.answerDays())),
        first.readingYears() + "");
  }

  /** The form that was chosen. */
  Optional<Template> template(FormReader reader, List<Template> usable) {
    var chosen = usable.stream().filter(each -> each.id().toString().equals(template)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("template", "contract.wrong.choose");
    } else if (chosen.get().fields().isEmpty()) {
      reader.reject("template", "bulk.wrong.noFields");
    }
    return chosen;
  }

  /** How the list is read; empty for one of our own headings. */
  Optional<Mapping> mapping(FormReader reader, List<Mapping> usable) {
    if (mapping == null || mapping.isEmpty()) {
      return Optional.empty();
    }
    var chosen = usable.stream().filter(each -> each.id().toString().equals(mapping)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("mapping", "contract.wrong.choose");
    }
    return chosen;
  }

  Optional<Runs.Setting> read(FormReader reader, List<Office> offices, Instant now) {
    var chosen = offices.stream().filter(each -> each.id().toString().equals(office)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("office", "contract.wrong.choose");
    }
    var moment = deadline(reader, now);
    var years = reader.number("readingYears", readingYears, 1, 100);
    return reader.wrong().isEmpty()
        ? Optional.of(new Runs.Setting(chosen.orElseThrow(), moment, years))
        : Optional.empty();
  }

  private Instant deadline(FormReader reader, Instant now) {
    var day = reader.day("deadline", deadline);
    if (day.isEmpty()) {
      reader.reject("deadline", "web.wrong.empty");
      return now;
    }
    var moment = day.get().atTime(CLOSING_HOUR, 0).atZone(JapaneseDates.ZONE).toInstant();
    if (!moment.isAfter(now)) {
      reader.reject("deadline", "contract.wrong.deadlinePast");
    } else if (day.get()
        .isAfter(LocalDate.ofInstant(now, JapaneseDates.ZONE).plusDays(LONGEST_DAYS))) {
      reader.reject("deadline", "contract.wrong.deadlineFar");
    }
    return moment;
  }

  List<Field> fields(
      Map<String, Text> wrong,
      List<Template> usable,
      List<Mapping> mappings,
      List<Office> offices,
      Book book) {
    var readings = new ArrayList<Option>();
    readings.add(new Option("", book.of("bulk.run.mapping.none")));
    mappings.forEach(each -> readings.add(new Option(each.id().toString(), each.name())));
    var forms = new ArrayList<Option>();
    forms.add(new Option("", book.of("contract.kind.choose")));
    usable.forEach(each -> forms.add(new Option(each.id().toString(), each.name())));
    var names = new ArrayList<Option>();
    names.add(new Option("", book.of("contract.kind.choose")));
    offices.forEach(each ->
        names.add(new Option(each.id().toString(), each.title() + " " + each.holderName())));
    return List.of(
        Screens.hidden("idempotencyKey", idempotencyKey == null ? "" : idempotencyKey),
        Field.required("template", "bulk.run.template")
            .hinted("bulk.run.template.hint")
            .offering(forms)
            .with(template)
            .wrong(wrong.get("template")),
        Field.optional("mapping", "bulk.run.mapping")
            .hinted("bulk.run.mapping.hint")
            .offering(readings)
            .with(mapping)
            .wrong(wrong.get("mapping")),
        Field.required("file", "bulk.run.file")
            .hinted("bulk.run.file.hint")
            .drawn(Form.CSV)
            .wrong(wrong.get("file")),
        Field.required("office", "contract.field.office")
            .hinted("contract.field.office.hint")
            .offering(names)
            .with(office)
            .wrong(wrong.get("office")),
        Field.required("deadline", "contract.field.deadline")
            .hinted("bulk.run.deadline.hint")
            .drawn(Form.DAY)
            .with(deadline)
            .wrong(wrong.get("deadline")),
        Field.required("readingYears", "contract.field.readingYears")
            .hinted("contract.field.readingYears.hint")
            .drawn(YEARS)
            .with(readingYears)
            .wrong(wrong.get("readingYears")));
  }
}

package jp.musubi.contract.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.FirstTerms;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Terms;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** Step 3 as typed: what the contract is about and until when. */
record TermsForm(
    @Nullable String title,
    @Nullable String kind,
    @Nullable String amount,
    @Nullable String contractDate,
    @Nullable String periodFrom,
    @Nullable String periodUntil,
    @Nullable String deadline,
    @Nullable String deadlineTime,
    @Nullable String readingYears) {

  private static final int LONGEST_DAYS = 365;
  private static final Field.Look YEARS =
      new Field.Look("text", "off", "numeric", "short", "contract.unit.years", 5, null);

  /** The form as it was last saved; at first with what the body begins with, at five o'clock. */
  static TermsForm of(Particulars draft, FirstTerms first, Instant now) {
    var deadline =
        draft
            .deadline()
            .map(instant -> instant.atZone(Words.TOKYO).toLocalDateTime())
            .orElseGet(() ->
                LocalDate.ofInstant(now, Words.TOKYO).plusDays(first.answerDays()).atTime(17, 0));
    return new TermsForm(
        draft.title(),
        // その他 is what a draft is until somebody says otherwise: nobody is to say it by oversight.
        draft.kind() == ContractKind.OTHER && draft.deadline().isEmpty() ? "" : draft.kind().name(),
        amount(draft.amount()),
        day(draft.contractDate()),
        day(draft.periodFrom()),
        day(draft.periodUntil()),
        Words.day(deadline.toLocalDate()),
        DateTimeFormatter.ofPattern("HH:mm", Locale.JAPAN).format(deadline),
        String.valueOf(draft.deadline().isPresent() ? draft.readingYears() : first.readingYears()));
  }

  Optional<Terms> read(FormReader reader, Instant now) {
    var terms =
        new Terms(
            reader.line("title", title, 200, true),
            kind(reader),
            reader.yen("amount", amount),
            reader.day("contractDate", contractDate),
            reader.day("periodFrom", periodFrom),
            reader.day("periodUntil", periodUntil),
            deadline(reader, now),
            reader.number("readingYears", readingYears, 1, 100));
    if (terms.periodFrom().isPresent()
        && terms.periodUntil().isPresent()
        && terms.periodUntil().get().isBefore(terms.periodFrom().get())) {
      reader.reject("periodUntil", "contract.wrong.untilBeforeFrom");
    }
    return reader.wrong().isEmpty() ? Optional.of(terms) : Optional.empty();
  }

  private ContractKind kind(FormReader reader) {
    return Arrays.stream(ContractKind.values())
        .filter(each -> each.name().equals(kind))
        .findFirst()
        .orElseGet(() -> {
          reader.reject("kind", "contract.wrong.choose");
          return ContractKind.OTHER;
        });
  }

  private static List<Option> kinds(Words words) {
    return Stream.concat(
            Stream.of(new Option("", words.of("contract.kind.choose"))),
            Arrays.stream(ContractKind.values())
                .map(each -> new Option(each.name(), words.of("contract.kind." + each))))
        .toList();
  }

  List<Field> fields(Map<String, Text> wrong, Words words) {
    return List.of(
        Field.required("title", "contract.field.title")
            .hinted("contract.field.title.hint")
            .with(title)
            .wrong(wrong.get("title")),
        Field.required("kind", "contract.field.kind")
            .offering(kinds(words))
            .with(kind)
            .wrong(wrong.get("kind")),
        Field.optional("amount", "contract.field.amount")
            .hinted("contract.field.amount.hint")
            .drawn(Field.Look.MONEY)
            .with(amount)
            .wrong(wrong.get("amount")),
        Field.optional("contractDate", "contract.field.contractDate")
            .hinted("contract.field.contractDate.hint")
            .with(contractDate)
            .wrong(wrong.get("contractDate")),
        Field.optional("periodFrom", "contract.field.periodFrom")
            .with(periodFrom)
            .wrong(wrong.get("periodFrom")),
        Field.optional("periodUntil", "contract.field.periodUntil")
            .with(periodUntil)
            .wrong(wrong.get("periodUntil")),
        Field.required("deadline", "contract.field.deadline")
            .hinted("contract.field.deadline.hint")
            .with(deadline)
            .wrong(wrong.get("deadline")),
        Field.required("deadlineTime", "contract.field.deadlineTime")
            .drawn(Field.Look.TIME)
            .with(deadlineTime)
            .wrong(wrong.get("deadlineTime")),
        Field.required("readingYears", "contract.field.readingYears")
            .hinted("contract.field.readingYears.hint")
            .drawn(YEARS)
            .with(readingYears)
            .wrong(wrong.get("readingYears")));
  }

  private Instant deadline(FormReader reader, Instant now) {
    if (deadline == null || deadline.isBlank()) {
      reader.reject("deadline", "contract.wrong.empty");
    }
    var day = reader.day("deadline", deadline);
    var time = reader.time("deadlineTime", deadlineTime);
    if (day.isEmpty() || time.isEmpty()) {
      return now;
    }
    var moment = day.get().atTime(time.get()).atZone(Words.TOKYO).toInstant();
    if (!moment.isAfter(now)) {
      reader.reject("deadline", "contract.wrong.deadlinePast");
    } else if (day.get().isAfter(LocalDate.ofInstant(now, Words.TOKYO).plusDays(LONGEST_DAYS))) {
      reader.reject("deadline", "contract.wrong.deadlineFar");
    }
    return moment;
  }

  private static String amount(OptionalLong amount) {
    return amount.isPresent() ? "%,d".formatted(amount.getAsLong()) : "";
  }

  private static String day(Optional<LocalDate> day) {
    return day.map(Words::day).orElse("");
  }
}

package jp.musubi.elsewhere;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.ElsewhereContracts;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** 契約の内容 as typed: of what contract the file is. */
record RegistrationForm(
    @Nullable String title,
    @Nullable String counterparty,
    @Nullable String signer,
    @Nullable String kind,
    @Nullable String amount,
    @Nullable String contractDate,
    @Nullable String concludedOn,
    @Nullable String periodFrom,
    @Nullable String periodUntil,
    @Nullable String understood) {
  private static final int LONGEST = 200;

  /** The form at first: what the file's name says, and nothing else. */
  static RegistrationForm of(Upload upload) {
    var title = upload.fileName().replaceFirst("(?i)\\.pdf$", "").strip();
    return new RegistrationForm(title, "", "", "", "", "", "", "", "", "");
  }

  /**
   * Reads it.
   *
   * @param today nothing was concluded later
   */
  Optional<ElsewhereContracts.Told> read(FormReader reader, Upload upload, LocalDate today) {
    var proven = Standing.concludedAt(upload.report());
    if (upload.standing() != Standing.SIGNED && !"true".equals(understood)) {
      reader.reject("understood", "elsewhere.understood.wrong");
    }
    var told =
        new ElsewhereContracts.Told(
            reader.line("title", title, LONGEST, true),
            kind(reader),
            reader.yen("amount", amount),
            reader.day("contractDate", contractDate),
            reader.day("periodFrom", periodFrom),
            reader.day("periodUntil", periodUntil),
            proven.orElseGet(() -> day(reader, today)),
            List.of(
                new ElsewhereContracts.Counterpart(
                    reader.line("counterparty", counterparty, LONGEST, true),
                    reader.line("signer", signer, LONGEST, false))));
    if (told.periodFrom().isPresent()
        && told.periodUntil().filter(told.periodFrom().get()::isAfter).isPresent()) {
      reader.reject("periodUntil", "contract.wrong.untilBeforeFrom");
    }
    return reader.wrong().isEmpty() ? Optional.of(told) : Optional.empty();
  }

  /** Where nothing is proven, the day that people say. */
  private Instant day(FormReader reader, LocalDate today) {
    if (concludedOn == null || concludedOn.isBlank()) {
      reader.reject("concludedOn", "web.wrong.empty");
    }
    var day = reader.day("concludedOn", concludedOn);
    if (day.filter(on -> on.isAfter(today)).isPresent()) {
      reader.reject("concludedOn", "contract.paperConclusion.wrong.future");
    }
    return day.orElse(today).atStartOfDay(JapaneseDates.ZONE).toInstant();
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

  List<Field> fields(Upload upload, Map<String, Text> wrong, Book book) {
    var fields = new ArrayList<Field>();
    fields.add(
        Field.required("title", "contract.field.title")
            .hinted("contract.field.title.hint")
            .with(title)
            .wrong(wrong.get("title")));
    fields.add(
        Field.required("counterparty", "elsewhere.counterparty")
            .hinted("elsewhere.counterparty.hint")
            .with(counterparty)
            .wrong(wrong.get("counterparty")));
    fields.add(
        Field.optional("signer", "elsewhere.signer")
            .hinted("elsewhere.signer.hint")
            .with(signer)
            .wrong(wrong.get("signer")));
    fields.add(
        Field.required("kind", "contract.field.kind")
            .offering(
                Stream.concat(
                        Stream.of(new Option("", book.of("contract.kind.choose"))),
                        Arrays.stream(ContractKind.values())
                            .map(each -> new Option(each.name(), book.of("contract.kind." + each))))
                    .toList())
            .with(kind)
            .wrong(wrong.get("kind")));
    fields.add(
        Field.optional("amount", "contract.field.amount")
            .hinted("contract.field.amount.hint")
            .drawn(Field.Look.MONEY)
            .with(amount)
            .wrong(wrong.get("amount")));
    fields.add(
        Field.optional("contractDate", "contract.field.contractDate")
            .hinted("contract.field.contractDate.hint")
            .with(contractDate)
            .wrong(wrong.get("contractDate")));
    if (Standing.concludedAt(upload.report()).isEmpty()) {
      fields.add(
          Field.required("concludedOn", "elsewhere.concludedOn")
              .hinted("elsewhere.concludedOn.hint")
              .with(concludedOn)
              .wrong(wrong.get("concludedOn")));
    }
    fields.add(
        Field.optional("periodFrom", "contract.field.periodFrom")
            .with(periodFrom)
            .wrong(wrong.get("periodFrom")));
    fields.add(
        Field.optional("periodUntil", "contract.field.periodUntil")
            .with(periodUntil)
            .wrong(wrong.get("periodUntil")));
    if (upload.standing() != Standing.SIGNED) {
      fields.add(
          Field.required("understood", "elsewhere.understood." + upload.standing())
              .drawn(Form.TICK)
              .with(understood)
              .wrong(wrong.get("understood")));
    }
    return List.copyOf(fields);
  }
}

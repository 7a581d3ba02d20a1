package jp.musubi.bulk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import jp.musubi.contract.Clauses;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.Eligibility;
import jp.musubi.contract.EligibilityRules;
import jp.musubi.contract.Identification;
import jp.musubi.contract.IdentificationFloor;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.appearance.Misfit;

/**
 * 一括送信の検査. What each line of a list means for a form, or all that is wrong with it. Pure: the same
 * line, form and rules give the same answer at the check and when the draft is made.
 */
final class Planning {
  /** A longer cell is kept nowhere, whatever its column. */
  static final int LONGEST_CELL = 2_000;

  private final Template template;
  private final EligibilityRules rules;
  private final IdentificationFloor floor;
  private final Function<Map<String, String>, List<Misfit>> misfits;
  private final List<String> headings;

  /**
   * For a form.
   *
   * @param misfits what of the texts cannot stand in its box, by the keys of the boxes
   */
  Planning(
      Template template,
      EligibilityRules rules,
      IdentificationFloor floor,
      Function<Map<String, String>, List<Misfit>> misfits) {
    this.template = template;
    this.rules = rules;
    this.floor = floor;
    this.misfits = misfits;
    this.headings = template.headings();
  }

  /**
   * What a line means.
   *
   * @param texts what stands in the boxes, by their keys
   */
  record Row(
      int line,
      String title,
      Counterparty counterparty,
      OptionalLong amount,
      Optional<LocalDate> contractDate,
      Optional<LocalDate> from,
      Optional<LocalDate> until,
      Map<String, String> texts) {
    Row {
      texts = Map.copyOf(texts);
    }
  }

  /** What came of a line. */
  sealed interface Outcome {
    /** It can be made into a draft. */
    record Fits(Row row) implements Outcome {}

    /** It cannot. */
    record Wrong(List<RowFinding> findings) implements Outcome {
      public Wrong {
        findings = List.copyOf(findings);
      }
    }
  }

  /** What came of a whole list: the lines that fit, and what is wrong with the others. */
  record Plan(List<Row> rows, List<RowFinding> findings) {
    Plan {
      rows = List.copyOf(rows);
      findings = List.copyOf(findings);
    }
  }

  /** Looks at every line; all errors are told, not only the first. */
  Plan of(List<CsvTable.Line> lines) {
    var rows = new ArrayList<Row>();
    var findings = new ArrayList<RowFinding>();
    var earlier = new HashMap<List<String>, Integer>();
    for (var line : lines) {
      if (line.cells().isEmpty()) {
        findings.add(
            RowFinding.of(
                line.number(),
                headings.getFirst(),
                Text.of("bulk.wrong.columns", line.found() + ""),
                ""));
        continue;
      }
      var cells = line.cells().get();
      var before = earlier.putIfAbsent(cells, line.number());
      if (before != null) {
        findings.add(
            RowFinding.of(
                line.number(),
                headings.getFirst(),
                Text.of("bulk.wrong.twice", before + ""),
                cells.getFirst()));
      }
      switch (of(line.number(), cells)) {
        case Outcome.Fits(var row) -> rows.add(row);
        case Outcome.Wrong(var wrong) -> findings.addAll(wrong);
      }
    }
    return new Plan(rows, findings);
  }

  /**
   * Looks at one line.
   *
   * @param cells in the order of the form's headings
   */
  Outcome of(int line, List<String> cells) {
    var typed = new HashMap<String, String>();
    for (var i = 0; i < headings.size(); i++) {
      typed.put(headings.get(i), cells.get(i));
    }
    var reader = new FormReader();
    for (var cell : typed.entrySet()) {
      if (cell.getValue().length() > LONGEST_CELL) {
        reader.reject(cell.getKey(), "web.wrong.long", LONGEST_CELL + "");
        cell.setValue("");
      }
    }
    var row = read(line, typed, reader);
    if (reader.wrong().isEmpty()) {
      for (var misfit : misfits.apply(row.texts())) {
        tell(misfit, reader);
      }
      eligible(row, reader);
      identified(row, reader);
    }
    if (reader.wrong().isEmpty()) {
      return new Outcome.Fits(row);
    }
    return new Outcome.Wrong(
        headings.stream()
            .filter(reader.wrong()::containsKey)
            .map(heading ->
                RowFinding.of(
                    line,
                    heading,
                    java.util.Objects.requireNonNull(reader.wrong().get(heading)),
                    cells.get(headings.indexOf(heading))))
            .toList());
  }

  private Row read(int line, Map<String, String> typed, FormReader reader) {
    var from = day(Particular.FROM, typed, reader);
    var until = day(Particular.UNTIL, typed, reader);
    if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
      reader.reject(Particular.UNTIL.heading(), "contract.wrong.untilBeforeFrom");
    }
    return new Row(
        line,
        line(Particular.TITLE, 200, true, typed, reader),
        Counterparty.alone(
            line(Particular.ORGANISATION, 100, true, typed, reader),
            line(Particular.POSITION, 50, false, typed, reader),
            line(Particular.NAME, 50, true, typed, reader),
            reader.mail(Particular.MAIL.heading(), typed.get(Particular.MAIL.heading())),
            identification(typed, reader)),
        reader.yen(Particular.AMOUNT.heading(), typed.get(Particular.AMOUNT.heading())),
        day(Particular.CONTRACT_DATE, typed, reader),
        from,
        until,
        texts(typed, reader));
  }

  private Map<String, String> texts(Map<String, String> typed, FormReader reader) {
    var texts = new HashMap<String, String>();
    for (var field : template.fields()) {
      var name = field.name();
      var cell = typed.getOrDefault(name, "");
      if (field.mandatory() && cell.isBlank()) {
        reader.reject(name, "web.wrong.empty");
        continue;
      }
      var text =
          switch (field.type()) {
            case TEXT -> reader.line(name, cell, field.most(), field.mandatory());
            case DAY -> reader.day(name, cell).map(MergeField::day).orElse("");
            case MONEY -> {
              var yen = reader.yen(name, cell);
              yield yen.isPresent() ? MergeField.money(yen.getAsLong()) : "";
            }
          };
      texts.put(field.id().toString(), text);
    }
    return texts;
  }

  private void tell(Misfit misfit, FormReader reader) {
    var name = template.field(java.util.UUID.fromString(misfit.blank())).name();
    switch (misfit) {
      case Misfit.TooLong _ -> reader.reject(name, "bulk.wrong.tooLong");
      case Misfit.NoSuchLetter(_, var letter) ->
          reader.reject(name, "bulk.wrong.letter", letter, codePoints(letter));
    }
  }

  private void eligible(Row row, FormReader reader) {
    var facts =
        new EligibilityRules.Facts(
            template.kind(),
            row.amount(),
            row.from().or(row::contractDate),
            row.until(),
            clauses());
    if (rules.judge(facts) instanceof Eligibility.NotEligible) {
      reader.reject(Particular.TITLE.heading(), "bulk.wrong.notElectronic");
    }
  }

  private void identified(Row row, FormReader reader) {
    var least = floor.least(Optional.of(template.kind()), row.amount());
    if (!row.counterparty().identification().way().level().reaches(least)) {
      reader.reject(Particular.CODE.heading(), "bulk.wrong.weak", least.name());
    }
  }

  Clauses clauses() {
    return new Clauses(template.renews(), template.councilVote(), Optional.empty());
  }

  private static Identification identification(Map<String, String> typed, FormReader reader) {
    return switch (typed.getOrDefault(Particular.CODE.heading(), "").strip()) {
      case "", "あり" -> Identification.BY_ACCESS_CODE;
      case "なし" -> Identification.BY_MAIL;
      case "認証アプリ" -> new Identification(Identification.Way.TOTP, "");
      case "パスキー" -> new Identification(Identification.Way.PASSKEY, "");
      default -> {
        reader.reject(Particular.CODE.heading(), "bulk.wrong.code");
        yield Identification.BY_ACCESS_CODE;
      }
    };
  }

  private static String line(
      Particular of, int most, boolean required, Map<String, String> typed, FormReader reader) {
    return reader.line(of.heading(), typed.get(of.heading()), most, required);
  }

  private static Optional<LocalDate> day(
      Particular of, Map<String, String> typed, FormReader reader) {
    return reader.day(of.heading(), typed.get(of.heading()));
  }

  private static String codePoints(String letter) {
    return letter
        .codePoints()
        .mapToObj("U+%04X"::formatted)
        .collect(java.util.stream.Collectors.joining(" "));
  }
}

package jp.musubi.bulk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.counterparty.Supplier;
import jp.musubi.mapping.Mapped;
import jp.musubi.mapping.Target;
import jp.musubi.mapping.Wanted;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.web.Text;

/**
 * 落札結果から一覧へ. Each award becomes a line of the form's list, its counterparty as the register has it;
 * pure. Who the counterparty is, is never taken from the award's own words.
 */
final class AwardPlanning {
  private final List<String> headings;
  private final Of of;
  private final List<Supplier> known;
  private final LocalDate today;

  /**
   * What all lines of the run have in common, in words.
   *
   * @param section the clerk's
   */
  record Of(String kind, String section, String office) {}

  AwardPlanning(List<String> headings, Of of, List<Supplier> known, LocalDate today) {
    this.headings = List.copyOf(headings);
    this.of = of;
    this.known = List.copyOf(known);
    this.today = today;
  }

  Handed of(Mapped list) {
    var lines = new ArrayList<CsvTable.Line>();
    var unread = new ArrayList<Integer>();
    var findings = new ArrayList<RowFinding>();
    var cases = new HashMap<Integer, String>();
    for (var row : list.rows()) {
      var wrong = new ArrayList<RowFinding>();
      row.findings()
          .forEach(each ->
              wrong.add(
                  RowFinding.of(
                      each.line(),
                      each.column().isEmpty() ? headings.getFirst() : each.column(),
                      each.why(),
                      each.value())));
      if (wrong.isEmpty()) {
        elsewhere(row, wrong);
        winner(row, wrong)
            .ifPresent(winner -> {
              var cells = cells(row, winner);
              lines.add(new CsvTable.Line(row.line(), cells.size(), Optional.of(cells)));
            });
      }
      if (wrong.isEmpty()) {
        var number = row.value(Wanted.CASE);
        if (!number.isEmpty()) {
          cases.put(row.line(), number);
        }
      } else {
        lines.removeIf(line -> line.number() == row.line());
        unread.add(row.line());
        findings.addAll(wrong);
      }
    }
    return new Handed(lines, unread, findings, cases);
  }

  /** A line that is said to be of another kind, section or name belongs in another list. */
  private void elsewhere(Mapped.Row row, List<RowFinding> wrong) {
    same(row, Wanted.KIND, of.kind(), "bulk.award.kind", wrong);
    same(row, Wanted.SECTION, of.section(), "bulk.award.section", wrong);
    same(row, Wanted.OFFICE, of.office(), "bulk.award.office", wrong);
  }

  private static void same(
      Mapped.Row row, Wanted wanted, String here, String key, List<RowFinding> wrong) {
    var there = row.value(wanted);
    if (!there.isEmpty() && !there.equals(here)) {
      wrong.add(RowFinding.of(row.line(), wanted.heading(), Text.of(key, here), there));
    }
  }

  /** Somebody who acts for the supplier, and the supplier. */
  private record Winner(Supplier supplier, Supplier.Person person) {}

  private Optional<Winner> winner(Mapped.Row row, List<RowFinding> wrong) {
    var code = row.value(Wanted.SUPPLIER_CODE);
    var number = row.value(Wanted.CORPORATE_NUMBER);
    var field =
        code.isEmpty() && !number.isEmpty() ? Wanted.CORPORATE_NUMBER : Wanted.SUPPLIER_CODE;
    var shown = (code.isEmpty() ? number : code) + " " + row.value(Wanted.WINNER);
    if (code.isEmpty() && number.isEmpty()) {
      return refused(row, field, "bulk.award.noNumber", row.value(Wanted.WINNER), wrong);
    }
    var named =
        known.stream()
            .filter(each -> isCalled(each.details(), code) || isOf(each.details(), number))
            .toList();
    if (named.isEmpty()) {
      return refused(row, field, "bulk.award.unknown", shown.strip(), wrong);
    }
    var found = named.stream().filter(each -> fits(each.details(), code, number)).toList();
    if (found.size() < named.size()) {
      return refused(row, field, "bulk.award.contradicts", shown.strip(), wrong);
    }
    if (found.size() > 1) {
      return refused(row, field, "bulk.award.several", shown.strip(), wrong);
    }
    return person(row, found.getFirst(), wrong).map(person -> new Winner(found.getFirst(), person));
  }

  /** By one of the two, while the other is not another. */
  private static boolean fits(Supplier.Details details, String code, String number) {
    var byCode = isCalled(details, code);
    var byNumber = isOf(details, number);
    return (byCode || byNumber)
        && (byCode || code.isEmpty() || details.code().isEmpty())
        && (byNumber || number.isEmpty() || details.number().isEmpty());
  }

  private static boolean isCalled(Supplier.Details details, String code) {
    return !code.isEmpty() && details.code().equals(code);
  }

  private static boolean isOf(Supplier.Details details, String number) {
    return details.number().map(CorporateNumber::digits).equals(Optional.of(number));
  }

  /** The one who may agree for it; of several, the one whom the award names by their address. */
  private Optional<Supplier.Person> person(
      Mapped.Row row, Supplier supplier, List<RowFinding> wrong) {
    var mail = row.value(Wanted.WINNER_MAIL);
    var acting =
        supplier.contacts().stream()
            .filter(each -> each.actsOn(today))
            .map(Supplier.Contact::person)
            .filter(each -> each.capacity() != Supplier.Capacity.CLERK)
            .filter(each -> mail.isEmpty() || each.mail().equalsIgnoreCase(mail))
            .toList();
    if (acting.size() == 1) {
      return Optional.of(acting.getFirst());
    }
    wrong.add(
        RowFinding.of(
            row.line(),
            Wanted.WINNER_MAIL.heading(),
            acting.isEmpty()
                ? Text.of("bulk.award.nobody", supplier.details().name())
                : Text.of("bulk.award.manyPeople", supplier.details().name(), acting.size() + ""),
            mail));
    return Optional.empty();
  }

  private static Optional<Winner> refused(
      Mapped.Row row, Wanted field, String key, String value, List<RowFinding> wrong) {
    wrong.add(RowFinding.of(row.line(), field.heading(), Text.of(key), value));
    return Optional.empty();
  }

  /**
   * In the order of the form; a box of its own takes the mapped item, or the column, of its name.
   */
  private List<String> cells(Mapped.Row row, Winner winner) {
    var ours = new HashMap<String, String>(row.theirs());
    for (var wanted : Target.AWARD.wanted()) {
      if (!row.value(wanted).isEmpty()) {
        ours.put(wanted.heading(), row.value(wanted));
      }
    }
    // A particular is what the mapping says, or nothing: never a column that happens to be called
    // so.
    for (var particular : Particular.values()) {
      ours.remove(particular.heading());
    }
    ours.putAll(particulars(row, winner));
    return headings.stream().map(heading -> ours.getOrDefault(heading, "")).toList();
  }

  private static Map<String, String> particulars(Mapped.Row row, Winner winner) {
    var person = winner.person();
    return Map.of(
        Particular.TITLE.heading(), row.value(Wanted.TITLE),
        Particular.ORGANISATION.heading(), winner.supplier().details().name(),
        Particular.POSITION.heading(), person.title(),
        Particular.NAME.heading(), person.name(),
        Particular.MAIL.heading(), person.mail(),
        Particular.AMOUNT.heading(), row.value(Wanted.AMOUNT),
        Particular.CONTRACT_DATE.heading(), row.value(Wanted.CONTRACT_DATE),
        Particular.FROM.heading(), row.value(Wanted.FROM),
        Particular.UNTIL.heading(), row.value(Wanted.UNTIL),
        Particular.CODE.heading(), row.value(Wanted.IDENTIFICATION));
  }
}

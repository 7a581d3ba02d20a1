package jp.musubi.counterparty;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.counterparty.SupplierPlan.Finding;
import jp.musubi.counterparty.SupplierPlan.Reason;
import jp.musubi.platform.web.FormReader;

/**
 * A line as it is understood; pure.
 *
 * @param findings what is wrong with its cells; nothing else may be asked of it then
 */
record SupplierRowReading(
    SupplierRow row,
    Optional<CorporateNumber> number,
    Optional<Supplier.Capacity> capacity,
    Optional<java.time.LocalDate> until,
    String mail,
    List<Finding> findings) {
  private static final Map<String, Supplier.Capacity> CAPACITIES =
      Map.of(
          "代表者", Supplier.Capacity.REPRESENTATIVE,
          "代理人", Supplier.Capacity.AGENT,
          "担当者", Supplier.Capacity.CLERK);

  static SupplierRowReading of(SupplierRow row) {
    var findings = new ArrayList<Finding>();
    var reader = new FormReader();
    reader.line("名称", row.organisation(), 100, false);
    reader.line("所在地", row.address(), 200, false);
    reader.line("電話番号", row.phone(), 50, false);
    reader.lines("備考", row.notes(), 1000, false);
    reader.line(SupplierRow.CODE, row.code(), 50, false);
    reader.line("氏名", row.person(), 50, false);
    reader.line("職名", row.title(), 50, false);
    reader
        .wrong()
        .keySet()
        .forEach(field -> findings.add(new Finding(row.line(), field, Reason.TEXT_UNFIT, "")));
    if (row.organisation().isEmpty()) {
      findings.add(new Finding(row.line(), "名称", Reason.NAME_MISSING, ""));
    }
    var number = CorporateNumber.parse(row.number());
    if (number.isEmpty() && !row.number().isEmpty()) {
      findings.add(new Finding(row.line(), "法人番号", Reason.NUMBER_UNFIT, row.number()));
    }
    return person(row, number, findings);
  }

  private static SupplierRowReading person(
      SupplierRow row, Optional<CorporateNumber> number, List<Finding> findings) {
    var capacity = Optional.ofNullable(CAPACITIES.get(row.capacity()));
    if (capacity.isEmpty() && !row.capacity().isEmpty()) {
      findings.add(new Finding(row.line(), "立場", Reason.CAPACITY_UNKNOWN, row.capacity()));
    }
    var reader = new FormReader();
    var until = reader.day("until", row.until());
    if (!reader.wrong().isEmpty()) {
      findings.add(new Finding(row.line(), "いつまで", Reason.UNTIL_UNFIT, row.until()));
    }
    var mail = row.mail();
    if (row.mail().isEmpty()) {
      if (!row.person().isEmpty()) {
        findings.add(new Finding(row.line(), "メール", Reason.MAIL_MISSING, ""));
      }
    } else {
      var mails = new FormReader();
      mail = mails.mail("mail", row.mail());
      if (!mails.wrong().isEmpty()) {
        findings.add(new Finding(row.line(), "メール", Reason.MAIL_UNFIT, row.mail()));
      }
      if (row.person().isEmpty()) {
        findings.add(new Finding(row.line(), "氏名", Reason.PERSON_MISSING, ""));
      }
    }
    return new SupplierRowReading(row, number, capacity, until, mail, List.copyOf(findings));
  }

  /** What is registered, with what the line says written over it. */
  Supplier.Details over(Supplier.Details before) {
    return new Supplier.Details(
        row.organisation(),
        number.or(before::number),
        said(row.address(), before.address()),
        said(row.phone(), before.phone()),
        said(row.notes(), before.notes()),
        said(row.code(), before.code()));
  }

  /** Whom the line names, over what is registered of them. */
  Optional<Supplier.Person> person(Supplier of) {
    if (mail.isEmpty()) {
      return Optional.empty();
    }
    var wanted = mail.toLowerCase(Locale.ROOT);
    var before =
        of.contacts().stream()
            .filter(each -> each.endedAt().isEmpty())
            .map(Supplier.Contact::person)
            .filter(each -> each.mail().toLowerCase(Locale.ROOT).equals(wanted))
            .findFirst();
    return Optional.of(
        new Supplier.Person(
            row.person(),
            said(row.title(), before.map(Supplier.Person::title).orElse("")),
            mail,
            capacity
                .or(() -> before.map(Supplier.Person::capacity))
                .orElse(Supplier.Capacity.REPRESENTATIVE),
            until.or(() -> before.flatMap(Supplier.Person::until))));
  }

  private static String said(String cell, String before) {
    return cell.isEmpty() ? before : cell;
  }
}

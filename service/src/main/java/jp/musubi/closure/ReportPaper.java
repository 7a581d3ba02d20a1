package jp.musubi.closure;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.evidence.Report;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.seal.Sha256;
import org.springframework.stereotype.Component;

/** 消去報告書 as it is read: on the operators' page, and as a paper. */
@Component
class ReportPaper {
  private final Book book;

  ReportPaper(Book book) {
    this.book = book;
  }

  /** The paper, of the JSON that says the same. */
  Report of(String json) {
    var report = ErasureReport.parse(json);
    var sha256 = digest(json);
    var title = book.of("closure.report");
    return new Report(
        title,
        book.of("closure.report.number", report.id()),
        book.of("closure.report.issuer"),
        book.of(
            "closure.report.lead", report.bodyName(), JapaneseDates.date(day(report.endedAt()))),
        List.of(),
        List.of(
            new Report.Section(book.of("closure.report.request"), request(report)),
            new Report.Section(book.of("closure.report.people"), people(report)),
            new Report.Section(book.of("closure.report.media"), listed(report.media())),
            new Report.Section(book.of("closure.report.methods"), listed(report.methods())),
            new Report.Section(book.of("closure.report.counts"), counts(report)),
            new Report.Section(book.of("closure.report.tables"), tables(report)),
            new Report.Section(book.of("closure.report.remains"), remains(report, sha256))),
        List.of(),
        List.of(),
        title + "　" + report.id());
  }

  /** The same numbers for the page. */
  List<Fact> facts(String json) {
    var report = ErasureReport.parse(json);
    return List.of(
        Fact.of("closure.began", JapaneseDates.time(report.beganAt())),
        Fact.of("closure.ended", JapaneseDates.time(report.endedAt())),
        Fact.of("closure.count.rows", change(report.rowsBefore(), report.rowsAfter())),
        Fact.of("closure.count.files", change(report.before().files(), report.after().files())),
        Fact.of("closure.report.sha256", digest(json)));
  }

  private List<Report.Fact> request(ErasureReport report) {
    return List.of(
        line("closure.body", report.bodyName() + "（" + report.bodyCode() + "）"),
        line("closure.reason", report.reason()),
        line("closure.useUntil", JapaneseDates.date(report.useUntil())),
        line("closure.handover.at", handedOver(report)),
        line("closure.handover.sha256", report.before().handover().sha256()));
  }

  private static String handedOver(ErasureReport report) {
    var at = report.before().handover().at();
    return at == null ? "—" : JapaneseDates.time(at);
  }

  private List<Report.Fact> people(ErasureReport report) {
    var people = report.people();
    return List.of(
        person("closure.proposed", people.proposed()),
        person("closure.confirmed", people.confirmed()),
        person("closure.ordered", people.ordered()),
        person("closure.approved", people.approved()),
        line("closure.began", JapaneseDates.time(report.beganAt())),
        line("closure.ended", JapaneseDates.time(report.endedAt())),
        line("closure.witness", witness(people)));
  }

  private String witness(ErasureReport.People people) {
    var name = people.witness();
    return name != null
        ? name
        : book.of(people.witnessWanted() ? "closure.witness.sign" : "closure.witness.none");
  }

  private Report.Fact person(String label, ErasureReport.Person person) {
    return line(
        label, book.of("closure.report.person", person.name(), JapaneseDates.time(person.at())));
  }

  private List<Report.Fact> counts(ErasureReport report) {
    var lines = new ArrayList<Report.Fact>();
    lines.add(line("closure.count.rows", change(report.rowsBefore(), report.rowsAfter())));
    lines.add(line("closure.count.files", change(report.before().files(), report.after().files())));
    var copies = report.before().copies();
    var left = report.after().copies();
    lines.add(
        line(
            "closure.count.copies",
            copies == null || left == null
                ? book.of("closure.count.nocopies")
                : change(copies, left)));
    lines.add(line("closure.count.keys", change(report.before().keys(), report.after().keys())));
    lines.add(
        line(
            "closure.count.sessions",
            change(report.before().sessions(), report.after().sessions())));
    lines.add(line("closure.count.jobs", change(report.before().jobs(), report.after().jobs())));
    lines.add(
        line(
            "closure.count.verified",
            book.of(
                "closure.count.verified.how",
                report.after().rows().size(),
                JapaneseDates.time(report.endedAt()))));
    return lines;
  }

  /** Tables that held something; that all others are empty too, the line above says. */
  private List<Report.Fact> tables(ErasureReport report) {
    var lines = new ArrayList<Report.Fact>();
    report
        .before()
        .rows()
        .forEach((table, rows) -> {
          if (rows > 0) {
            lines.add(
                new Report.Fact(
                    table, change(rows, report.after().rows().getOrDefault(table, 0L))));
          }
        });
    return lines;
  }

  private List<Report.Fact> remains(ErasureReport report, String sha256) {
    return List.of(
        line("closure.remains.record", book.of("closure.remains.record.what")),
        line(
            "closure.remains.anchors",
            book.of(
                "closure.remains.anchors.what",
                String.valueOf(report.before().chain().seq()),
                report.before().chain().hash())),
        line("closure.report.sha256", sha256));
  }

  private List<Report.Fact> listed(List<String> all) {
    return all.stream().map(each -> new Report.Fact("・", each)).toList();
  }

  private Report.Fact line(String label, String value) {
    return new Report.Fact(book.of(label), value);
  }

  private String change(long before, long after) {
    return book.of("closure.report.change", String.valueOf(before), String.valueOf(after));
  }

  private static String digest(String json) {
    return Sha256.of(json.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static LocalDate day(Instant at) {
    return at.atZone(JapaneseDates.ZONE).toLocalDate();
  }
}

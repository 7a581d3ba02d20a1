package jp.musubi.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.ResourceBundle;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.appearance.ImprintMessages;
import org.apache.pdfbox.pdmodel.PDDocument;

/** 報告書 as a PDF: A4, Japanese, PDF/A-2u and PDF/UA-1, without a seal. */
public final class ReportPdf {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.evidence", Locale.ROOT);

  private ReportPdf() {}

  /**
   * Writes the pages.
   *
   * @param issuedAt when it was asked for
   */
  public static void write(Report report, Instant issuedAt, OutputStream target)
      throws IOException {
    try (var document = new PDDocument()) {
      PdfDescription.write(
          document,
          report.title() + " " + report.aside(),
          report.body(),
          WORDS.getString("evidence.creator"),
          issuedAt);
      var fonts = PdfFonts.in(document);
      var sheet = new Sheet(document, fonts);
      sheet.title(report.title(), report.aside());
      sheet.paragraph(report.lead(), Sheet.INK);
      for (var fact : report.facts()) {
        sheet.fact(fact.label(), fact.value());
      }
      sheet.fact(WORDS.getString("evidence.report.issued"), JapaneseDates.time(issuedAt));
      for (var section : report.sections()) {
        sheet.heading(section.heading());
        section.facts().forEach(fact -> sheet.fact(fact.label(), fact.value()));
      }
      for (var table : report.tables()) {
        sheet.heading(table.caption());
        if (!table.note().isEmpty()) {
          sheet.paragraph(table.note(), Sheet.QUIET);
        }
        sheet.table(table);
      }
      for (var closing : report.closing()) {
        sheet.paragraph(closing, Sheet.QUIET);
      }
      var missing = fonts.substitutions();
      if (!missing.isEmpty()) {
        sheet.heading(WORDS.getString("evidence.letters"));
        for (var note : missing) {
          sheet.paragraph(ImprintMessages.of(note, Locale.JAPAN), Sheet.INK);
        }
      }
      sheet.footers((page, pages) ->
          new MessageFormat(WORDS.getString("evidence.report.foot"), Locale.JAPAN)
              .format(new Object[] {report.foot(), page, pages}));
      sheet.finish();
      document.save(target);
    }
  }
}

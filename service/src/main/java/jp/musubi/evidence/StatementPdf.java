package jp.musubi.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.ResourceBundle;
import jp.musubi.seal.appearance.ImprintMessages;
import org.apache.pdfbox.pdmodel.PDDocument;

/** 報告書 as a PDF: A4, Japanese, PDF/A-2u and PDF/UA-1, without a seal. */
public final class StatementPdf {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.evidence", Locale.ROOT);

  private StatementPdf() {}

  /**
   * Writes the paper.
   *
   * @param issuedAt shown as its date
   */
  public static void write(Statement statement, Instant issuedAt, OutputStream target)
      throws IOException {
    try (var document = new PDDocument()) {
      PdfDescription.write(
          document, statement.title(), statement.issuer(), word("creator"), issuedAt);
      var fonts = PdfFonts.in(document);
      var sheet = new Sheet(document, fonts);
      sheet.title(statement.title(), word("statement.number", statement.number()));
      sheet.paragraph(statement.lead(), Sheet.INK);
      for (var part : statement.parts()) {
        sheet.heading(part.heading());
        part.lines().forEach(line -> sheet.fact(line.label(), line.value()));
      }
      var missing = fonts.substitutions();
      if (!missing.isEmpty()) {
        sheet.heading(word("letters"));
        for (var note : missing) {
          sheet.paragraph(ImprintMessages.of(note, Locale.JAPAN), Sheet.INK);
        }
      }
      sheet.footers((page, pages) ->
          word("statement.foot", statement.title(), statement.number(), page, pages));
      sheet.finish();
      document.save(target);
    }
  }

  private static String word(String key, Object... values) {
    return new MessageFormat(WORDS.getString("evidence." + key), Locale.JAPAN).format(values);
  }
}

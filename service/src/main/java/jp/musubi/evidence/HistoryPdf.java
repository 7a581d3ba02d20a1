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

/** 契約の経過 as a PDF: A4, Japanese, PDF/A-2u and PDF/UA-1. A copy of the record, without a seal. */
public final class HistoryPdf {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.evidence", Locale.ROOT);

  private HistoryPdf() {}

  /**
   * Writes the sheet.
   *
   * @param issuedAt when it was asked for
   */
  public static void write(History history, Instant issuedAt, OutputStream target)
      throws IOException {
    try (var document = new PDDocument()) {
      PdfDescription.write(
          document,
          word("history.title") + " " + history.number() + " " + history.title(),
          history.body(),
          word("creator"),
          issuedAt);
      var fonts = PdfFonts.in(document);
      var sheet = new Sheet(document, fonts);
      sheet.title(word("history.title"), word("number", history.number()));
      sheet.paragraph(word("history.lead", history.body()), Sheet.INK);
      sheet.heading(word("contract"));
      sheet.fact(word("contract.title"), history.title());
      sheet.fact(word("contract.number"), history.number());
      sheet.fact(word("history.state"), history.state());
      sheet.fact(word("history.issued"), JapaneseDates.time(issuedAt));
      sheet.heading(word("history.steps"));
      for (var step : history.steps()) {
        step(sheet, step);
      }
      sheet.paragraph(word("history.looks", history.looks()), Sheet.QUIET);
      sheet.paragraph(word("history.check"), Sheet.QUIET);
      var missing = fonts.substitutions();
      if (!missing.isEmpty()) {
        sheet.heading(word("letters"));
        for (var note : missing) {
          sheet.paragraph(ImprintMessages.of(note, Locale.JAPAN), Sheet.INK);
        }
      }
      sheet.footers((page, pages) -> word("history.foot", history.number(), page, pages));
      sheet.finish();
      document.save(target);
    }
  }

  private static void step(Sheet sheet, History.Step step) {
    sheet.subheading(word("history.step", step.at(), step.what()));
    sheet.fact(word("history.who"), word("history.capacity", step.who(), step.capacity()));
    if (step.note() != null) {
      sheet.fact(word("history.note"), step.note());
    }
    if (step.from() != null) {
      sheet.fact(word("signer.address"), step.from());
    }
    sheet.fact(
        word("history.entry"), word("history.entry.hash", String.valueOf(step.seq()), step.hash()));
  }

  private static String word(String key, Object... values) {
    return new MessageFormat(WORDS.getString("evidence." + key), Locale.JAPAN).format(values);
  }
}

package jp.musubi.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.ResourceBundle;
import jp.musubi.seal.appearance.ImprintMessages;
import org.apache.pdfbox.pdmodel.PDDocument;

/** 書類一覧 as a PDF: A4, Japanese, PDF/A-2u and PDF/UA-1, to be bound behind a contract. */
public final class ContentsPdf {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.evidence", Locale.ROOT);

  private ContentsPdf() {}

  /**
   * Writes the sheets; the same bytes for the same contents and time.
   *
   * @param madeAt what the file says of when it was made
   */
  public static void write(Contents contents, Instant madeAt, Path target) {
    try (var document = new PDDocument()) {
      PdfDescription.write(
          document,
          word("title") + " " + contents.number(),
          contents.body(),
          WORDS.getString("evidence.creator"),
          madeAt);
      var fonts = PdfFonts.in(document);
      var sheet = new Sheet(document, fonts);
      sheet.title(
          word("title"),
          new MessageFormat(WORDS.getString("evidence.number"), Locale.JAPAN)
              .format(new Object[] {contents.number()}));
      sheet.paragraph(word("lead"), Sheet.INK);
      sheet.heading(word("bound"));
      for (var part : contents.bound()) {
        sheet.fact(
            word("kind." + part.kind()),
            word("pages", part.name(), String.valueOf(part.first()), String.valueOf(part.last())));
      }
      if (!contents.beside().isEmpty()) {
        beside(sheet, contents);
      }
      var missing = fonts.substitutions();
      if (!missing.isEmpty()) {
        sheet.heading(WORDS.getString("evidence.letters"));
        for (var note : missing) {
          sheet.paragraph(ImprintMessages.of(note, Locale.JAPAN), Sheet.INK);
        }
      }
      sheet.footers((page, pages) -> word("foot", contents.number(), page, pages));
      sheet.finish();
      document.setDocumentId(madeAt.toEpochMilli());
      document.save(target.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the sheets are called. */
  public static String title() {
    return word("title");
  }

  private static void beside(Sheet sheet, Contents contents) {
    sheet.heading(word("beside"));
    sheet.paragraph(word("beside.lead"), Sheet.INK);
    var number = 1;
    for (var file : contents.beside()) {
      sheet.subheading(word("file", String.valueOf(number), file.name()));
      sheet.fact(word("file.kind"), word("kind." + file.kind()));
      sheet.fact(word("file.bytes"), word("bytes", file.bytes()));
      sheet.fact(word("file.sha256"), file.sha256().hex());
      number++;
    }
    sheet.paragraph(word("check"), Sheet.QUIET);
  }

  private static String word(String key, Object... values) {
    return new MessageFormat(WORDS.getString("evidence.contents." + key), Locale.JAPAN)
        .format(values);
  }
}

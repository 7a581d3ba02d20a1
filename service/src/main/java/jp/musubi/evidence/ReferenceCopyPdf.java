package jp.musubi.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import javax.imageio.ImageIO;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.QrCode;
import jp.musubi.seal.appearance.ImprintMessages;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * 参照用の写し as a PDF: a page that says what it is a copy of and what that one's signatures are worth,
 * then each page as a picture, marked as a copy. It has no signature that a gateway could break,
 * and nothing that one would take out (LAW-17).
 */
public final class ReferenceCopyPdf {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.evidence", Locale.ROOT);

  private ReferenceCopyPdf() {}

  /** Where the pages come from. */
  public interface Pages {
    /** One as a PNG; {@code page} from 1. */
    byte[] image(int page);
  }

  /** Writes the copy. */
  public static void write(ReferenceCopy copy, Pages pages, Path target) throws IOException {
    try (var document = new PDDocument(IOUtils.createTempFileOnlyStreamCache())) {
      PdfDescription.write(
          document,
          word("title") + " " + copy.number() + " " + copy.title(),
          copy.body(),
          word("creator"),
          copy.verifiedAt());
      var fonts = PdfFonts.in(document);
      var sheet = new Sheet(document, fonts);
      sheet.title(word("title"), word("number", copy.number()));
      sheet.notice(word("notice"));
      if (copy.trial()) {
        sheet.notice(word("trial"));
      }
      sheet.heading(word("of"));
      sheet.fact(word("body"), copy.body());
      sheet.fact(word("contract.title"), copy.title());
      sheet.fact(word("contract.number"), copy.number());
      sheet.fact(word("concluded"), JapaneseDates.time(copy.concludedAt()));
      sheet.fact(word("pages"), word("pages.count", copy.pages()));
      sheet.fact(word("sha256"), copy.original().hex());
      sheet.heading(word("verdict"));
      sheet.fact(word("verdict.file"), copy.verdict());
      for (var signature : copy.signatures()) {
        sheet.fact(word("verdict.signature"), signature);
      }
      sheet.fact(word("verdict.at"), JapaneseDates.time(copy.verifiedAt()));
      sheet.paragraph(word("verdict.how"), Sheet.QUIET);
      sheet.heading(word("check"));
      sheet.paragraph(word("check.how"), Sheet.INK);
      sheet.fact(word("check.address"), copy.originalCheck().toString());
      sheet.code(QrCode.of(copy.originalCheck().toString()));
      var missing = fonts.substitutions();
      if (!missing.isEmpty()) {
        sheet.heading(word("letters"));
        for (var note : missing) {
          sheet.paragraph(ImprintMessages.of(note, Locale.JAPAN), Sheet.INK);
        }
      }
      for (var page = 1; page <= copy.pages(); page++) {
        sheet.picture(
            ImageIO.read(new ByteArrayInputStream(pages.image(page))),
            word("band", copy.number(), page, copy.pages()),
            word("said", page));
      }
      sheet.footers((page, all) -> word("foot", copy.number(), page, all));
      sheet.finish();
      document.save(target.toFile());
    }
  }

  private static String word(String key, Object... values) {
    return new MessageFormat(WORDS.getString("evidence.reference." + key), Locale.JAPAN)
        .format(values);
  }
}

package jp.musubi.evidence;

import java.io.IOException;
import java.time.Instant;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.pdf.Packet;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/** What a paper of ours says of itself: title, body, language, and the standards it keeps to. */
final class PdfDescription {
  private static final SortedMap<String, String> CLAIMS =
      new TreeMap<>(Map.of("pdfaid:part", "2", "pdfaid:conformance", "U", "pdfuaid:part", "1"));

  private PdfDescription() {}

  static void write(
      PDDocument document, String title, String author, String creator, Instant issuedAt)
      throws IOException {
    var information = new PDDocumentInformation();
    information.setTitle(title);
    information.setAuthor(author);
    information.setCreator(creator);
    var created = new GregorianCalendar(TimeZone.getTimeZone(JapaneseDates.ZONE), Locale.JAPAN);
    created.setTimeInMillis(issuedAt.toEpochMilli());
    information.setCreationDate(created);
    document.setDocumentInformation(information);
    var catalog = document.getDocumentCatalog();
    catalog.setLanguage("ja-JP");
    var preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(true);
    catalog.setViewerPreferences(preferences);
    Packet.write(document, CLAIMS, title, author);
  }
}

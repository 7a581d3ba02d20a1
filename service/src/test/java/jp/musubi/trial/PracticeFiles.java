package jp.musubi.trial;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealRequest;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.pages.PageImages;
import jp.musubi.seal.pages.PageText;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.PkiServer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Makes the files of 模擬締結 anew, when the sample contract has changed: run this from the module's
 * folder. The engine is the real one, the hierarchy is one of trial that is made for this and gone
 * afterwards, its keys with it.
 */
public final class PracticeFiles {
  private static final Path TARGET = Path.of("src", "main", "resources", "practice");
  private static final List<SignatureField> FIELDS =
      List.of(
          new SignatureField("musubi-0"),
          new SignatureField("musubi-1"),
          new SignatureField("musubi-2"));
  private static final List<String> NAMES =
      List.of("上毛市 建設部 道路課 見本 花子", "株式会社 見本建設 代表取締役 例田 一郎", "上毛市 上毛市長 見本 太郎");
  private static final Clock CLOCK = Clock.systemUTC();

  private PracticeFiles() {}

  /** Writes the files. */
  public static void main(String[] arguments) throws Exception {
    Files.createDirectories(TARGET);
    var folder = Files.createTempDirectory("musubi-practice");
    var drawn = folder.resolve("drawn.pdf");
    var marked = folder.resolve("marked.pdf");
    var contract = TARGET.resolve("contract.pdf");
    SampleContract.all().getFirst().write(drawn);
    mark(drawn, marked);
    Preparation.prepare(marked, contract, FIELDS);
    for (var page = 1; page <= PageImages.count(contract); page++) {
      Files.write(
          TARGET.resolve("page-%d.png".formatted(page)), PageImages.render(contract, page, 1240));
      Files.writeString(
          TARGET.resolve("page-%d.txt".formatted(page)), PageText.extract(contract, page));
    }
    try (var pki = PkiServer.open(folder.resolve("pki"), CLOCK)) {
      seal(contract, folder, pki);
      Files.writeString(TARGET.resolve("root.pem"), pki.pki().rootPem());
    }
  }

  private static void seal(Path contract, Path folder, PkiServer pki)
      throws IOException, GeneralSecurityException {
    var engine = engine(pki);
    var from = contract;
    var at = now();
    for (var i = 0; i < FIELDS.size(); i++) {
      var to = folder.resolve("sealed-" + i + ".pdf");
      at = now();
      engine.seal(
          from,
          to,
          new SealRequest(
              FIELDS.get(i).name(),
              "（練習）" + NAMES.get(i),
              "練習のための見本です。効力はありません。",
              "日本",
              URI.create("https://keiyaku.example").toString(),
              at,
              i == 0));
      from = to;
    }
    engine.archive(from, TARGET.resolve("sealed.pdf"));
    Files.writeString(TARGET.resolve("sealed-at.txt"), at + "\n");
  }

  private static Instant now() {
    return CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static SealEngine engine(PkiServer pki) throws GeneralSecurityException, IOException {
    var password = "practice".toCharArray();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    var path = pki.pki().sealPath();
    store.setKeyEntry("seal", pki.pki().sealKey(), password, path.toArray(Certificate[]::new));
    var deadline = Duration.ofSeconds(10);
    return new SealEngine(
        KeyStoreSealKey.of(store, "seal", password),
        new HttpTimestampAuthority(
            pki.pki().tsaUrl(),
            List.of(PkiServer.TSA_POLICY),
            pki.pki().trustAnchors(),
            CLOCK,
            deadline),
        new HttpRevocationSource(Set.of("127.0.0.1"), CLOCK, deadline),
        path);
  }

  /**
   * 練習 across each page, so large that nobody takes it for a contract; drawn, so that it is not in
   * the way of whoever has the text read aloud, who is told at the top.
   */
  private static void mark(Path source, Path target) throws IOException {
    try (var document = Loader.loadPDF(source.toFile());
        var bold = PracticeFiles.class.getResourceAsStream("/fonts/NotoSansJP-Bold.ttf")) {
      if (bold == null) {
        throw new IllegalStateException("the font is not on the class path");
      }
      var file = bold.readAllBytes();
      var font = PDType0Font.load(document, new ByteArrayInputStream(file), true);
      var outline = outline(file);
      for (var page : document.getPages()) {
        try (var content =
            new PDPageContentStream(
                document, page, PDPageContentStream.AppendMode.PREPEND, true, true)) {
          content.saveGraphicsState();
          content.setNonStrokingColor(new Color(0xe2, 0xe8, 0xf6));
          draw(outline, content);
          content.restoreGraphicsState();
        }
        try (var content =
            new PDPageContentStream(
                document, page, PDPageContentStream.AppendMode.APPEND, true, true)) {
          content.beginText();
          content.setFont(font, 11);
          content.newLineAtOffset(64, 795);
          content.showText("【練習】この文書は練習用の見本で、効力はありません。");
          content.endText();
        }
      }
      document.getDocumentInformation().setTitle("工事請負契約書（練習）");
      document.save(target.toFile());
    }
  }

  private static Shape outline(byte[] file) throws IOException {
    try {
      var font = Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(file));
      // The page's y goes up, the font's goes down.
      var place = new AffineTransform(1, 0, 0, -1, 150, 190);
      place.rotate(Math.toRadians(-45));
      return place.createTransformedShape(
          font.deriveFont(200f)
              .createGlyphVector(new FontRenderContext(null, true, true), "練習")
              .getOutline());
    } catch (FontFormatException e) {
      throw new IOException("the font cannot be read", e);
    }
  }

  private static void draw(Shape shape, PDPageContentStream content) throws IOException {
    var to = new float[6];
    float x = 0;
    float y = 0;
    for (var path = shape.getPathIterator(null); !path.isDone(); path.next()) {
      switch (path.currentSegment(to)) {
        case PathIterator.SEG_MOVETO -> content.moveTo(to[0], to[1]);
        case PathIterator.SEG_LINETO -> content.lineTo(to[0], to[1]);
        case PathIterator.SEG_CUBICTO -> content.curveTo(to[0], to[1], to[2], to[3], to[4], to[5]);
        // PDF has no quadratic curves: the same curve, as a cubic one.
        case PathIterator.SEG_QUADTO ->
            content.curveTo(
                x + (to[0] - x) * 2 / 3,
                y + (to[1] - y) * 2 / 3,
                to[2] + (to[0] - to[2]) * 2 / 3,
                to[3] + (to[1] - to[3]) * 2 / 3,
                to[2],
                to[3]);
        case PathIterator.SEG_CLOSE -> content.closePath();
        default -> throw new IllegalStateException("no such segment");
      }
      var last =
          switch (path.currentSegment(to)) {
            case PathIterator.SEG_CUBICTO -> 4;
            case PathIterator.SEG_QUADTO -> 2;
            default -> 0;
          };
      x = to[last];
      y = to[last + 1];
    }
    content.fill();
  }
}

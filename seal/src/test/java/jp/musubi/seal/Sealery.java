package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PkiServer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** A trial hierarchy over real HTTP, an engine on it, and a contract in Japanese to seal. */
public final class Sealery implements AutoCloseable {
  public static final Clock CLOCK = Clock.systemUTC();
  public static final Duration DEADLINE = Duration.ofSeconds(5);
  public static final List<SignatureField> FIELDS =
      IntStream.rangeClosed(1, 4).mapToObj(n -> new SignatureField("musubi-" + n)).toList();

  private static final char[] PASSWORD = "trial".toCharArray();
  private static final Path FONT =
      Path.of("../service/src/main/resources/fonts/NotoSansJP-Regular.ttf");

  private final Path directory;
  private final PkiServer server;

  private Sealery(Path directory, PkiServer server) {
    this.directory = directory;
    this.server = server;
  }

  public static Sealery open(Path directory, KeyKind kind) {
    return new Sealery(directory, PkiServer.open(directory.resolve("pki"), CLOCK, kind));
  }

  public PkiServer server() {
    return server;
  }

  public Path directory() {
    return directory;
  }

  /** An engine whose key store holds the whole path up to the root. */
  public SealEngine engine() throws GeneralSecurityException, IOException {
    return engine(server.pki().sealPath(), DEADLINE);
  }

  public SealEngine engine(List<X509Certificate> chain, Duration deadline)
      throws GeneralSecurityException, IOException {
    return new SealEngine(
        key(server.pki().sealKey(), chain),
        authority(deadline),
        revocations(deadline),
        server.pki().sealPath());
  }

  public HttpTimestampAuthority authority(Duration deadline) {
    return new HttpTimestampAuthority(
        server.pki().tsaUrl(),
        List.of(PkiServer.TSA_POLICY),
        server.pki().trustAnchors(),
        CLOCK,
        deadline);
  }

  public HttpRevocationSource revocations(Duration deadline) {
    return new HttpRevocationSource(Set.of("127.0.0.1"), CLOCK, deadline);
  }

  public static KeyStoreSealKey key(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry("seal", key, PASSWORD, chain.toArray(Certificate[]::new));
    return KeyStoreSealKey.of(store, "seal", PASSWORD);
  }

  /** Two pages in Japanese, with the fields for four parties. */
  public Path prepared() throws IOException {
    var drawn = directory.resolve("drawn.pdf");
    var prepared = directory.resolve("prepared.pdf");
    draw(drawn);
    Preparation.prepare(drawn, prepared, FIELDS);
    return prepared;
  }

  public static void draw(Path target) throws IOException {
    try (var document = new PDDocument()) {
      var font = PDType0Font.load(document, FONT.toFile());
      for (var text : List.of("業務委託契約書　上毛市（甲）と株式会社見本建設（乙）は", "第２条　髙﨑 花子　令和8年11月23日")) {
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(font, 14);
          content.newLineAtOffset(60, 740);
          content.showText(text);
          content.endText();
        }
      }
      document.save(target.toFile());
    }
  }

  /** The n-th party's request; the first certifies. */
  public static SealRequest request(int party) {
    return new SealRequest(
        "musubi-" + party,
        List.of("上毛市 市長 見本 花子", "株式会社 見本建設 代表取締役 例田 一郎", "榛名広域組合 管理者 試田 次郎").get(party - 1),
        "契約相手方として合意（認証：メールリンク＋アクセスコード）",
        "日本",
        "https://keiyaku.example/verify",
        now(),
        party == 1);
  }

  public static Instant now() {
    return CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The prepared file and its three sealed revisions, in order. */
  public List<Path> sealedThrice(SealEngine engine) throws IOException {
    var prepared = prepared();
    var first = directory.resolve("sealed-1.pdf");
    var second = directory.resolve("sealed-2.pdf");
    var third = directory.resolve("sealed-3.pdf");
    engine.seal(prepared, first, request(1));
    engine.seal(first, second, request(2));
    engine.seal(second, third, request(3));
    return List.of(prepared, first, second, third);
  }

  @Override
  public void close() {
    server.close();
  }
}

package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.validation.PartySignature;
import jp.musubi.seal.validation.PartySignature.Why;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.testkit.CertificateOrder;
import jp.musubi.testkit.Identity;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PartySoftware;
import jp.musubi.testkit.PkiServer;
import org.apache.pdfbox.cos.COSName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("当事者が自分の証明書で署名したファイルは")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartySignatureTest {
  private Path directory;
  private Sealery sealery;
  private SealEngine engine;
  private Path given;
  private Identity party;

  @BeforeAll
  void give(@TempDir Path shared) throws Exception {
    directory = shared;
    sealery = Sealery.open(directory, KeyKind.P_256);
    engine = sealery.engine();
    given = given("given.pdf");
    party = identity(KeyKind.RSA_3072);
  }

  @AfterAll
  void close() {
    sealery.close();
  }

  /** A contract that its sender has sealed, with a field for the party's own signature. */
  private Path given(String name) throws IOException {
    var drawn = directory.resolve("drawn-" + name);
    var prepared = directory.resolve("prepared-" + name);
    var target = directory.resolve(name);
    Sealery.draw(drawn);
    Preparation.prepare(
        drawn,
        prepared,
        List.of(
            new SignatureField("musubi-1"),
            new SignatureField("musubi-2"),
            new SignatureField("musubi-3"),
            new SignatureField("own-2")));
    engine.seal(prepared, target, Sealery.request(1));
    return target;
  }

  private Identity identity(KeyKind kind) {
    return sealery
        .server()
        .pki()
        .issue(
            CertificateOrder.seal(
                    "試用 見本建設 代表取締役 例田一郎",
                    Sealery.now().minus(Duration.ofHours(1)),
                    Sealery.now().plus(Duration.ofDays(365)))
                .withKey(kind));
  }

  private Path signed(String name, PartySoftware software) throws IOException {
    var target = directory.resolve(name);
    software.sign(given, target, "own-2", Sealery.now());
    return target;
  }

  private PartySignature.Found check(Path handed) throws IOException {
    return check(handed, Set.copyOf(sealery.server().pki().trustAnchors()));
  }

  private PartySignature.Found check(Path handed, Set<java.security.cert.X509Certificate> anchors)
      throws IOException {
    return PartySignature.check(
        given,
        handed,
        "own-2",
        new ValidationPolicy(
            Set.copyOf(sealery.server().pki().trustAnchors()), Sealery.now().plusSeconds(5)),
        anchors);
  }

  private void refused(Path handed, Why why) throws IOException {
    assertThat(check(handed))
        .isInstanceOfSatisfying(
            PartySignature.Found.Unfit.class,
            unfit -> assertThat(unfit.why()).as(unfit.detail()).isEqualTo(why));
  }

  @Test
  @DisplayName("署名だけが加わっていれば受け取り、その上の署名とともに、どの検証でも有効な長期署名になる")
  void isTakenAndGoesOn() throws Exception {
    for (var kind : List.of(KeyKind.RSA_3072, KeyKind.P_256)) {
      var who = identity(kind);
      var handed = signed("handed.pdf", PartySoftware.of(who));
      assertThat(check(handed))
          .isInstanceOfSatisfying(
              PartySignature.Found.Sound.class,
              sound -> {
                assertThat(sound.holder().holder()).contains("例田一郎");
                assertThat(sound.holder().serial())
                    .isEqualTo(who.certificate().getSerialNumber().toString(16));
              });

      var proven = directory.resolve("proven.pdf");
      engine.archive(handed, proven);
      Judged.valid(sealery, proven, 2, 1);
      Judged.byDss(sealery, proven, 2);
      // Revoked afterwards: what was proven stays so.
      sealery.server().pki().revoke(who.certificate().getSerialNumber());
      var second = directory.resolve("second.pdf");
      var third = directory.resolve("third.pdf");
      var last = directory.resolve("last.pdf");
      engine.seal(proven, second, Sealery.request(2));
      engine.seal(second, third, Sealery.request(3));
      engine.archive(third, last);
      Judged.valid(sealery, last, 4, 2);
      Judged.byDss(sealery, last, 4);
      assertThat(Files.mismatch(given, last)).isEqualTo(Files.size(given));
    }
  }

  @Test
  @DisplayName("渡した版でないもの、署名のないもの、二つあるもの、別の欄のものを受け取らない")
  void isTheFileThatWasGivenWithOneSignature() throws Exception {
    refused(given, Why.NOT_SIGNED);
    var other = directory.resolve("other-signed.pdf");
    PartySoftware.of(party).sign(given("other.pdf"), other, "own-2", Sealery.now());
    refused(other, Why.OTHER_BASE);

    var twice = directory.resolve("twice.pdf");
    PartySoftware.of(party)
        .sign(signed("once.pdf", PartySoftware.of(party)), twice, "musubi-2", Sealery.now());
    refused(twice, Why.SEVERAL);

    var elsewhere = directory.resolve("elsewhere.pdf");
    PartySoftware.of(party).sign(given, elsewhere, "musubi-2", Sealery.now());
    refused(elsewhere, Why.OTHER_FIELD);

    var stamped = directory.resolve("stamped.pdf");
    engine.archive(signed("unstamped.pdf", PartySoftware.of(party)), stamped);
    refused(stamped, Why.TIMESTAMPED);
  }

  @Test
  @DisplayName("署名のほかに変えたもの、最後まで覆わないもの、後で変わったものを受け取らない")
  void hasNothingButTheSignature() throws Exception {
    var changed = directory.resolve("changed.pdf");
    PartySoftware.of(party)
        .sign(
            given,
            changed,
            "own-2",
            Sealery.now(),
            document -> {
              var page = document.getPage(0).getCOSObject();
              page.setInt(COSName.ROTATE, 180);
              page.setNeedToBeUpdated(true);
            });
    refused(changed, Why.CHANGED);

    var own = directory.resolve("new-field.pdf");
    PartySoftware.of(party).sign(given, own, "field-of-their-own", Sealery.now());
    refused(own, Why.CHANGED);

    var longer = signed("longer.pdf", PartySoftware.of(party));
    Files.writeString(longer, "% and more\n", StandardOpenOption.APPEND);
    assertThat(check(longer)).isInstanceOf(PartySignature.Found.Unfit.class);

    var broken = signed("broken.pdf", PartySoftware.of(party));
    var bytes = Files.readAllBytes(broken);
    var name = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    var at = name.lastIndexOf("/M ");
    assertThat(at).isGreaterThan((int) Files.size(given));
    // The year of the claimed time: within what is signed, and still a PDF.
    bytes[name.indexOf("D:2", at) + 5] ^= 1;
    Files.write(broken, bytes);
    refused(broken, Why.BROKEN);
  }

  @Test
  @DisplayName("形式、暗号、有効期間、発行元が受け取れるものでなければ受け取らない")
  void isOfAKindThatIsKept() throws Exception {
    refused(signed("plain.pdf", PartySoftware.of(party).plain()), Why.KIND);
    refused(signed("sha1.pdf", PartySoftware.of(party).by("SHA1withRSA")), Why.WEAK);
    refused(signed("short.pdf", PartySoftware.of(identity(KeyKind.RSA_1024))), Why.WEAK);

    var ended =
        sealery
            .server()
            .pki()
            .issue(
                CertificateOrder.seal(
                    "試用 期限の切れた証明書",
                    Sealery.now().minus(Duration.ofHours(20)),
                    Sealery.now().minus(Duration.ofHours(1))));
    refused(signed("ended.pdf", PartySoftware.of(ended)), Why.EXPIRED);

    try (var others = PkiServer.open(directory.resolve("others"), Sealery.CLOCK)) {
      var stranger = others.pki().seal();
      refused(signed("stranger.pdf", PartySoftware.of(stranger)), Why.UNKNOWN_ISSUER);
      // What seals and timestamps are trusted by is not what parties are.
      assertThat(
              check(
                  signed("ours.pdf", PartySoftware.of(party)),
                  Set.copyOf(others.pki().trustAnchors())))
          .isInstanceOfSatisfying(
              PartySignature.Found.Unfit.class,
              unfit -> assertThat(unfit.why()).isEqualTo(Why.UNKNOWN_ISSUER));
    }
    assertThat(check(signed("none.pdf", PartySoftware.of(party)), Set.of()))
        .isInstanceOf(PartySignature.Found.Unfit.class);
  }
}

package jp.musubi.means;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.ServiceTest;
import jp.musubi.contract.Identification.Level;
import jp.musubi.platform.openid.OidcTestProvider;
import jp.musubi.platform.openid.OpenId;
import jp.musubi.platform.web.Entrances;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
@DisplayName("外部のIDの提供者")
class ExternalIdsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T01:00:00Z");

  @Autowired OpenId openId;
  @Autowired Entrances entrances;
  @TempDir Path folder;

  @Test
  @DisplayName("鍵で署名して名乗り、答えから名前と法人番号を読む。十分を過ぎた答えは受け付けない")
  void knowsUsByOurKey() throws Exception {
    try (var provider = new OidcTestProvider()) {
      var key = new ECKeyGenerator(Curve.P_256).keyID("musubi-1").generate();
      provider.asks(key);
      var settings =
          settings(
              with(provider.issuer(), "L3", "private_key_jwt", null, pem(key), "musubi-1", "sub"));
      var ids = at(settings, NOW);
      var sample = ids.find("mihon").orElseThrow();

      var arrived = come(ids, ids, sample, provider, "hanako");
      assertThat(arrived).isInstanceOf(ExternalIds.Return.Came.class);
      var person = ((ExternalIds.Return.Came) arrived).person();
      assertThat(person.name()).isEqualTo("株式会社 見本建設");
      assertThat(person.number()).isEqualTo("1234567890123");
      assertThat(person.facts()).doesNotContainValue("hanako").containsKey("authenticatedAt");

      var late = at(settings, NOW.plus(ExternalIds.VALID));
      assertThat(come(ids, late, sample, provider, "hanako"))
          .isEqualTo(new ExternalIds.Return.Refused(ExternalIds.Reason.NOT_AWAITED, "not awaited"));
      var justInTime = at(settings, NOW.plus(ExternalIds.VALID).minusMillis(1));
      assertThat(come(ids, justInTime, sample, provider, "hanako"))
          .isInstanceOf(ExternalIds.Return.Came.class);

      var another = new ECKeyGenerator(Curve.P_256).keyID("musubi-1").generate();
      var stranger =
          at(
              settings(
                  with(
                      provider.issuer(),
                      "L3",
                      "private_key_jwt",
                      null,
                      pem(another),
                      "musubi-1",
                      "sub")),
              NOW);
      assertThat(come(stranger, stranger, sample, provider, "hanako"))
          .as("signed with a key that the provider does not know")
          .extracting("reason")
          .isEqualTo(ExternalIds.Reason.NO_ANSWER);
    }
  }

  @Test
  @DisplayName("提供者の水準ごとに、選べるかどうかが決まる")
  void reachesWhatItsLevelSays() throws Exception {
    var ids =
        at(settings(with("https://id.example", "L2", basic(), secret(), null, null, "sub")), NOW);
    assertThat(ids.reach(Level.L2)).isTrue();
    assertThat(ids.reach(Level.L3)).isFalse();
    assertThat(at(new ExternalIdSettings(Map.of()), NOW).reach(Level.L1)).isFalse();
  }

  @Test
  @DisplayName("設定の誤りは、どの設定がどう違うかを言って、起動のときに断る")
  void refusesWrongSettings() throws Exception {
    var secret = secret();
    wrong(
        with("https://id.example", "L1", basic(), secret, null, null, "sub"),
        "level: it has to be L2 or L3");
    wrong(with(null, "L3", basic(), secret, null, null, "sub"), "mihon.issuer: it is missing");
    wrong(
        with("https://id.example", "L3", basic(), null, null, null, "sub"),
        "secret-file: it is missing");
    wrong(
        with("https://id.example", "L3", basic(), folder.resolve("nothing"), null, null, "sub"),
        "secret-file: cannot be read");
    wrong(
        with("https://id.example", "L3", "none", secret, null, null, "sub"),
        "authentication: it has to be");
    wrong(
        with("https://id.example", "L3", "private_key_jwt", null, secret, "one", "sub"),
        "key-file: it is no private key in PEM");
    wrong(with("https://id.example", "L3", basic(), secret, null, null, ""), "subject-claim");
    assertThatThrownBy(() ->
            at(
                new ExternalIdSettings(
                    Map.of(
                        "Mihon!",
                        with("https://id.example", "L3", basic(), secret, null, null, "sub"))),
                NOW))
        .hasMessageContaining("small letters, digits and hyphens");
  }

  @Test
  @DisplayName("足りない種類、名のない答え、長すぎる名前を見分ける")
  void readsWhatIsSaid() throws Exception {
    var sample =
        at(settings(with("https://id.example", "L3", basic(), secret(), null, null, "sub")), NOW)
            .find("mihon")
            .orElseThrow();
    assertThat(read(sample, Map.of("sub", "x", "account_type", 2)))
        .as("a number instead of a text")
        .isInstanceOf(ExternalProvider.Reading.Came.class);
    assertThat(read(sample, Map.of("sub", "x", "account_type", List.of("1", "3"))))
        .isInstanceOf(ExternalProvider.Reading.Came.class);
    assertThat(read(sample, Map.of("sub", "x", "account_type", "1")))
        .isEqualTo(new ExternalProvider.Reading.NotEnough("account_type"));
    assertThat(read(sample, Map.of("sub", "x")))
        .isEqualTo(new ExternalProvider.Reading.NotEnough("account_type"));
    assertThat(read(sample, Map.of("sub", " ", "account_type", "2")))
        .isEqualTo(new ExternalProvider.Reading.Nobody());
    var long_ =
        (ExternalProvider.Reading.Came)
            read(
                sample, Map.of("sub", "x", "account_type", "2", "name", "見本\n" + "𠮷".repeat(300)));
    assertThat(long_.person().name()).startsWith("見本 𠮷").hasSizeLessThanOrEqualTo(200);
  }

  // --- 道具 --------------------------------------------------------------------------------

  /** What the provider is asked. */
  private record Asked(Map<String, String> all) {
    String of(String name) {
      return Objects.requireNonNull(all.get(name), name);
    }
  }

  private static ExternalProvider.Reading read(ExternalProvider sample, Map<String, Object> said) {
    return sample.read(said, Optional.empty());
  }

  private ExternalIds at(ExternalIdSettings settings, Instant now) {
    return new ExternalIds(settings, openId, entrances, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void wrong(ExternalIdSettings.Provider given, String words) {
    assertThatThrownBy(() -> at(settings(given), NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("musubi.external-id")
        .hasMessageContaining(words);
  }

  private static ExternalIds.Return come(
      ExternalIds leaving,
      ExternalIds arriving,
      ExternalProvider sample,
      OidcTestProvider provider,
      String subject)
      throws JOSEException {
    var left =
        (ExternalIds.Departure.Leaves)
            leaving.leave(leaving.find(sample.key()).orElseThrow(), "109991.x.");
    var asked = asked(left.address());
    var code =
        provider.code(
            provider.signed(provider.claims(subject, asked.of("nonce")).build()),
            asked.of("code_challenge"),
            """
            {"sub":"%s","account_type":"2","name":"株式会社 見本建設","corporate_number":"1234567890123"}
            """
                .formatted(subject));
    return arriving.arrive(
        Optional.of(left.away()),
        new ExternalIds.Said(sample.key(), left.away().state(), code, false, ""));
  }

  private static Asked asked(URI address) {
    return new Asked(
        Arrays.stream(address.getRawQuery().split("&"))
            .map(pair -> pair.split("=", 2))
            .collect(
                Collectors.toMap(
                    pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
  }

  private static ExternalIdSettings settings(ExternalIdSettings.Provider given) {
    return new ExternalIdSettings(Map.of("mihon", given));
  }

  private static String basic() {
    return "client_secret_basic";
  }

  private static ExternalIdSettings.Provider with(
      @Nullable String issuer,
      String level,
      String authentication,
      @Nullable Path secret,
      @Nullable Path key,
      @Nullable String keyId,
      String subject) {
    return new ExternalIdSettings.Provider(
        "見本ID",
        null,
        level,
        issuer,
        OidcTestProvider.CLIENT,
        authentication,
        secret,
        key,
        keyId,
        List.of("openid"),
        List.of("aal3"),
        "login",
        subject,
        "name",
        "corporate_number",
        Map.of("account_type", List.of("2", "3")));
  }

  private Path secret() throws IOException {
    return Files.writeString(folder.resolve("secret"), OidcTestProvider.SECRET + "\n");
  }

  private Path pem(ECKey key) throws IOException, JOSEException {
    var file = folder.resolve(key.computeThumbprint() + ".pem");
    try (var writer = new PemWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(new PemObject("PRIVATE KEY", key.toECPrivateKey().getEncoded()));
      writer.writeObject(new PemObject("PUBLIC KEY", key.toECPublicKey().getEncoded()));
    }
    return file;
  }
}

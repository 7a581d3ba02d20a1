package jp.musubi.seal.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.validation.AlgorithmSunset;
import jp.musubi.testkit.HierarchyKeys;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("更新計画")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RenewalPlanTest {
  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final AlgorithmSunset SUNSETS = AlgorithmSunset.standard();

  private Age elliptic;
  private Age rsa;

  @BeforeAll
  void begin(@TempDir Path folder) {
    var clock = new SettableClock(START);
    elliptic = Age.begin(folder.resolve("ec"), clock, HierarchyKeys.all(KeyKind.P_256));
    rsa =
        Age.begin(
            folder.resolve("rsa"),
            clock,
            new HierarchyKeys(KeyKind.P_256, KeyKind.P_256, KeyKind.RSA_2048));
  }

  @AfterAll
  void end() {
    elliptic.close();
    rsa.close();
  }

  private static TimestampLife stamp(Age age, HashAlgorithm hash) {
    return new TimestampLife(
        hash, List.of(HashAlgorithm.SHA_256), age.server().pki().timestamp().path());
  }

  private static RenewalPlan plan(TimestampLife newest, AlgorithmSunset sunsets) {
    return RenewalPlan.of(newest, sunsets, Optional.empty(), RenewalPlan.LEAD);
  }

  @Test
  @DisplayName("時刻認証局の証明書が切れる12か月前に、タイムスタンプを更新する")
  void isDueTwelveMonthsBeforeTheCertificateExpires() {
    var plan = plan(stamp(elliptic, HashAlgorithm.SHA_512), SUNSETS);

    assertThat(plan.due()).isEqualTo("2036-11-23T00:00:00Z");
    assertThat(plan.ends()).contains(Instant.parse("2037-11-23T00:00:00Z"));
    assertThat(plan.kind()).isEqualTo(RenewalPlan.Kind.TIMESTAMP);
    assertThat(plan.cause()).isEqualTo(RenewalPlan.Cause.CERTIFICATE_EXPIRY);
    assertThat(plan.isDue(plan.due())).isTrue();
    assertThat(plan.isDue(plan.due().minusMillis(1))).isFalse();
    assertThat(plan.isOverdue(Instant.parse("2037-11-22T23:59:59Z"))).isFalse();
    assertThat(plan.isOverdue(Instant.parse("2037-11-23T00:00:00Z"))).isTrue();
  }

  @Test
  @DisplayName("RSA-2048のタイムスタンプは、2030年末に間に合うように更新する")
  void isDueBeforeTheSignatureAlgorithmEnds() {
    var plan = plan(stamp(rsa, HashAlgorithm.SHA_512), SUNSETS);

    assertThat(plan.due()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(plan.ends()).contains(Instant.parse("2031-01-01T00:00:00Z"));
    assertThat(plan.kind()).isEqualTo(RenewalPlan.Kind.TIMESTAMP);
    assertThat(plan.cause()).isEqualTo(RenewalPlan.Cause.SIGNATURE_ALGORITHM);
  }

  @Test
  @DisplayName("ハッシュ方式の終わりには、ハッシュ木を更新する")
  void hashesAnewBeforeTheDigestEnds() throws IOException {
    var table = table("2030-07-01");
    var plan = plan(stamp(elliptic, HashAlgorithm.SHA_512), table);
    assertThat(plan.due()).isEqualTo("2029-07-01T00:00:00Z");
    assertThat(plan.kind()).isEqualTo(RenewalPlan.Kind.HASH_TREE);
    assertThat(plan.cause()).isEqualTo(RenewalPlan.Cause.HASH_ALGORITHM);
  }

  @Test
  @DisplayName("証明書のための更新でも、ハッシュ方式がすぐに終わるならハッシュ木を更新する")
  void hashesAnewAtOnceWhenTheDigestEndsSoonAfter() throws IOException {
    assertThat(plan(stamp(elliptic, HashAlgorithm.SHA_512), table("2038-06-01")).kind())
        .isEqualTo(RenewalPlan.Kind.HASH_TREE);
    assertThat(plan(stamp(elliptic, HashAlgorithm.SHA_512), table("2039-06-01")).kind())
        .isEqualTo(RenewalPlan.Kind.TIMESTAMP);
  }

  @Test
  @DisplayName("時刻認証局から危殆化の知らせがあれば、すぐに更新する")
  void isDueAtOnceAfterANotice() {
    var notice = Instant.parse("2028-05-05T00:00:00Z");
    var plan =
        RenewalPlan.of(
            stamp(elliptic, HashAlgorithm.SHA_512), SUNSETS, Optional.of(notice), RenewalPlan.LEAD);
    assertThat(plan.due()).isEqualTo(notice);
    assertThat(plan.kind()).isEqualTo(RenewalPlan.Kind.TIMESTAMP);
    assertThat(plan.cause()).isEqualTo(RenewalPlan.Cause.NOTICE);
  }

  @Test
  @DisplayName("早めに動きたい団体は、猶予を長くできる")
  void isDueEarlierWithALongerLead() {
    var newest = stamp(elliptic, HashAlgorithm.SHA_512);
    assertThat(RenewalPlan.of(newest, SUNSETS, Optional.empty(), Period.ofYears(3)).due())
        .isEqualTo("2034-11-23T00:00:00Z");
  }

  private static AlgorithmSunset table(String end) throws IOException {
    return AlgorithmSunset.read(
        new StringReader(
            """
            digest\tSHA-256\t0\t-\t-\ttest
            digest\tSHA-512\t0\t-\t%s\ttest
            signature\tECDSA\t256\t-\t-\ttest
            """
                .formatted(end)));
  }
}

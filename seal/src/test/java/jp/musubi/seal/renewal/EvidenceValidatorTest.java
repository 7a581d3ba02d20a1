package jp.musubi.seal.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import jp.musubi.seal.validation.AlgorithmSunset;
import jp.musubi.seal.validation.Reason;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.testkit.HierarchyKeys;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.SettableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("証拠記録の検証")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceValidatorTest {
  private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
  private static final Duration YEAR = Duration.ofDays(365);

  private final SettableClock clock = new SettableClock(START);
  private Path folder;
  private Age age;
  private Age stranger;
  private Path contract;
  private Path certificate;

  /** Two timestamps by SHA-256, a third by SHA-512, over a contract and its certificate. */
  private byte[] good;

  /** As {@link #good}, of other files in the same batches. */
  private byte[] neighbour;

  /** Of the same files, in other batches. */
  private byte[] twin;

  private Instant now;

  @BeforeAll
  void make(@TempDir Path folder) throws Exception {
    this.folder = folder;
    age = Age.begin(folder.resolve("age"), clock, HierarchyKeys.all(KeyKind.P_256));
    stranger = Age.begin(folder.resolve("stranger"), clock, HierarchyKeys.all(KeyKind.P_256));
    contract = Files.writeString(folder.resolve("contract.pdf"), "業務委託契約書　上毛市");
    certificate = Files.writeString(folder.resolve("certificate.pdf"), "締結証明書");
    var others = List.of(contract, folder.resolve("other.pdf"));
    Files.writeString(others.getLast(), "もう一つの契約書");
    var objects = List.of(List.of(contract, certificate), others, List.of(certificate));
    var first = renewed(objects, age);
    good = first.get(0);
    neighbour = first.get(1);
    clock.set(START);
    twin = renewed(objects, age).get(0);
    now = clock.advance(Duration.ofDays(1));
  }

  @AfterAll
  void close() {
    age.close();
    stranger.close();
  }

  private EvidenceBatch batch(List<List<Path>> objects, HashAlgorithm algorithm, Age by)
      throws Exception {
    var tree = new HashTree.Builder(algorithm);
    for (var files : objects) {
      tree.add(new Evidenced(files).digests(algorithm));
    }
    return EvidenceBatch.stamp(tree.build(), by.authority());
  }

  private List<byte[]> renewed(List<List<Path>> objects, Age by) throws Exception {
    var batch = batch(objects, HashAlgorithm.SHA_256, by);
    clock.advance(YEAR);
    var completion = new Completion(by.gather(batch.token()));
    var records = new ArrayList<EvidenceRecord>();
    for (var n = 0; n < objects.size(); n++) {
      records.add(completion.of(EvidenceRecord.parse(batch.compact(n))));
    }
    var renewal = new TimestampRenewal(HashAlgorithm.SHA_256);
    records.forEach(renewal::add);
    var stamped = renewal.stamp(by.authority());
    clock.advance(YEAR);
    var second = new Completion(by.gather(stamped.token()));
    records.replaceAll(record -> second.of(stamped.renew(record)));
    var rehash = new HashTreeRenewal(HashAlgorithm.SHA_512);
    for (var n = 0; n < objects.size(); n++) {
      rehash.add(records.get(n), new Evidenced(objects.get(n)).digests(HashAlgorithm.SHA_512));
    }
    var again = rehash.stamp(by.authority());
    var third = new Completion(by.gather(again.token()));
    var ders = new ArrayList<byte[]>();
    for (var n = 0; n < objects.size(); n++) {
      ders.add(third.of(again.renew(records.get(n), n)).der());
    }
    return ders;
  }

  private EvidencePolicy policy() {
    return new EvidencePolicy(Set.of(age.root()), now);
  }

  private EvidenceReport judge(byte[] record, EvidencePolicy policy, Path... files)
      throws Exception {
    return EvidenceValidator.validate(
        EvidenceRecord.parse(record), new Evidenced(List.of(files)), policy);
  }

  @Test
  @DisplayName("二度更新した記録を、最初の時刻からの証拠として認める")
  void findsARecordRenewedTwiceValidSinceItsFirstTimestamp() throws Exception {
    var report = judge(good, policy(), contract, certificate);

    assertThat(report.reasons()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.VALID);
    assertThat(report.provenSince()).contains(START);
    assertThat(report.timestamps()).extracting(EvidenceReport.Link::chain).containsExactly(1, 1, 2);
    assertThat(report.newest().orElseThrow().hash()).isEqualTo(HashAlgorithm.SHA_512);
    assertThat(judge(good, policy(), certificate, contract).verdict()).isEqualTo(Verdict.VALID);
    assertThat(judge(twin, policy(), contract, certificate).verdict()).isEqualTo(Verdict.VALID);
    assertThat(judge(neighbour, policy(), contract, folder.resolve("other.pdf")).verdict())
        .isEqualTo(Verdict.VALID);
  }

  @Test
  @DisplayName("証明書を別に置いた短い記録は、その証明書と合わせて認め、無ければ認めない")
  void findsACompactRecordValidWithTheCertificatesKeptBesideIt() throws Exception {
    clock.set(START);
    var objects = List.of(List.of(contract), List.of(certificate));
    var batch = batch(objects, HashAlgorithm.SHA_384, age);
    var beside = ValidationData.parse(age.gather(batch.token()).der());
    var policy =
        new EvidencePolicy(
            Set.of(age.root()), AlgorithmSunset.standard(), Optional.of(beside), START);

    assertThat(judge(batch.compact(0), policy, contract).verdict()).isEqualTo(Verdict.VALID);
    assertThat(judge(batch.complete(0, beside), policy(), contract).verdict())
        .isEqualTo(Verdict.VALID);
    assertThat(judge(batch.compact(0), policy(), contract).verdict()).isNotEqualTo(Verdict.VALID);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreadable")
  @DisplayName("形の崩れた記録は読まない")
  void refusesToReadWhatIsNoCanonicalRecord(String what, UnaryOperator<byte[]> bend) {
    assertThatThrownBy(() -> EvidenceRecord.parse(bend.apply(good)))
        .isInstanceOf(MalformedEvidence.class);
  }

  Stream<Arguments> unreadable() {
    return Stream.of(
        bend("空", _ -> new byte[0]),
        bend("末尾が一バイト欠ける", der -> Arrays.copyOf(der, der.length - 1)),
        bend("前半だけ", der -> Arrays.copyOf(der, der.length / 2)),
        bend("末尾に一バイト余る", der -> Arrays.copyOf(der, der.length + 1)),
        bend("PDF", _ -> "%PDF-1.7".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
        bend("長さの書き方が最短でない", BentRecord::withLongLength),
        bend("長さが不定", BentRecord::withIndefiniteLength),
        bend("版が2", der -> BentRecord.of(der).version(BigInteger.TWO).der()),
        bend("鎖がない", der -> BentRecord.of(der).chains(List.of()).der()),
        bend(
            "空の鎖がある",
            der -> {
              var bent = BentRecord.of(der);
              return bent.chains(List.of(bent.chains().get(0), List.of())).der();
            }),
        bend("方式の一覧がない", der -> BentRecord.of(der).algorithms(List.of()).der()),
        bend("SHA-1の記録", der -> BentRecord.of(der).everywhere("1.3.14.3.2.26").der()),
        bend("知らない項目がある", der -> BentRecord.of(der).withCryptoInfos().der()),
        bend("空のハッシュの列がある", der -> BentRecord.of(der).tree(0, 0, List.of(List.of())).der()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tampered")
  @DisplayName("変えた記録、よその記録は認めず、理由を言う")
  void findsEveryTamperedRecordWrong(String what, UnaryOperator<byte[]> bend, String reason)
      throws Exception {
    var report = judge(bend.apply(good), policy(), contract, certificate);

    assertThat(report.verdict()).isNotEqualTo(Verdict.VALID);
    assertThat(report.provenSince()).isEmpty();
    assertThat(report.newest()).isEmpty();
    assertThat(report.reasons()).extracting(Reason::what).contains(reason);
  }

  Stream<Arguments> tampered() {
    return Stream.of(
        tamper("同じ束のほかの契約の記録", _ -> neighbour, "evidence-of-other-file"),
        tamper("最初のハッシュの一ビット", flipHash(0, 0, 0), "evidence-of-other-file"),
        tamper("次のハッシュの一ビット", flipHash(0, 0, 1), "content-changed"),
        tamper("新しい鎖のハッシュの一ビット", flipHash(1, 0, 0), "evidence-broken"),
        tamper("新しい鎖の次のハッシュの一ビット", flipHash(1, 0, 1), "content-changed"),
        tamper("ハッシュの列が一つ足りない", tree(0, 0, t -> t.subList(0, t.size() - 1)), "content-changed"),
        tamper("ハッシュの列が一つ多い", tree(0, 0, t -> plus(t, t.getLast())), "content-changed"),
        tamper("ハッシュの列が逆順", tree(0, 0, EvidenceValidatorTest::reversed), "evidence-of-other-file"),
        tamper(
            "対象の列に余分なハッシュ",
            tree(0, 0, t -> with(t, 0, plus(t.get(0), new byte[32]))),
            "evidence-of-other-file"),
        tamper(
            "長さの違うハッシュ",
            tree(0, 0, t -> with(t, 1, List.of(new byte[64]))),
            "evidence-of-other-file"),
        tamper(
            "ハッシュ木がない",
            der -> BentRecord.of(der).tree(0, 0, List.of()).der(),
            "evidence-of-other-file"),
        tamper(
            "更新のハッシュ木がない",
            der -> BentRecord.of(der).tree(1, 0, List.of()).der(),
            "evidence-broken"),
        tamper("別の束のタイムスタンプ", token(0, 0, () -> twin, 0, 0), "evidence-broken"),
        tamper("別の束の最新のタイムスタンプ", token(1, 0, () -> twin, 1, 0), "content-changed"),
        tamper(
            "最初のタイムスタンプがない",
            chains(c -> List.of(c.get(0).subList(1, 2), c.get(1))),
            "evidence-of-other-file"),
        tamper(
            "二番目のタイムスタンプがない",
            chains(c -> List.of(c.get(0).subList(0, 1), c.get(1))),
            "evidence-broken"),
        tamper(
            "タイムスタンプが逆順",
            chains(c -> List.of(reversed(c.get(0)), c.get(1))),
            "evidence-of-other-file"),
        tamper("鎖が逆順", chains(EvidenceValidatorTest::reversed), "evidence-of-other-file"),
        tamper(
            "最初の鎖がない",
            der -> {
              var bent = BentRecord.of(der);
              var last = bent.chains().get(1);
              return bent.chains(List.of(last)).algorithms(List.of(last.get(0).algorithm())).der();
            },
            "evidence-of-other-file"),
        tamper(
            "鎖が一つにつながれている",
            chains(c -> List.of(plus(c.get(0), c.get(1).get(0)))),
            "evidence-broken"),
        tamper("最新の鎖が二度ある", chains(c -> List.of(c.get(0), c.get(1), c.get(1))), "evidence-broken"),
        tamper("最初の鎖が二度ある", chains(c -> List.of(c.get(0), c.get(0), c.get(1))), "evidence-broken"),
        tamper(
            "よその最新の鎖",
            chains(c -> List.of(c.get(0), BentRecord.of(neighbour).chains().get(1))),
            "evidence-broken"),
        tamper(
            "別の束の古い鎖",
            chains(c -> List.of(BentRecord.of(twin).chains().get(0), c.get(1))),
            "evidence-broken"),
        tamper(
            "署名の一ビット（最初）", der -> BentRecord.of(der).flipSignature(0, 0).der(), "timestamp-broken"),
        tamper(
            "署名の一ビット（最新）", der -> BentRecord.of(der).flipSignature(1, 0).der(), "timestamp-broken"),
        tamper("時刻の書き換え", der -> BentRecord.of(der).backdate(0, 0).der(), "timestamp-broken"),
        tamper("古い検証情報を抜く", der -> BentRecord.of(der).strip(0, 0).der(), "evidence-broken"),
        tamper("最新の検証情報を抜く", der -> BentRecord.of(der).strip(1, 0).der(), "timestamp-broken"),
        tamper(
            "方式の表示だけを変える",
            der -> BentRecord.of(der).algorithm(0, 0, HashAlgorithm.SHA_512).der(),
            "evidence-of-other-file"),
        tamper(
            "更新の方式の表示だけを変える",
            der -> BentRecord.of(der).algorithm(0, 1, HashAlgorithm.SHA_384).der(),
            "evidence-broken"),
        tamper("トークンの代わりにでたらめ", der -> BentRecord.of(der).garbage(1, 0).der(), "evidence-broken"));
  }

  @Test
  @DisplayName("ファイルが変わり、欠け、増え、入れ替われば認めない")
  void findsChangedMissingAndAddedFilesWrong() throws Exception {
    var changed = folder.resolve("changed.pdf");
    var bytes = Files.readAllBytes(contract);
    bytes[0] ^= 1;
    Files.write(changed, bytes);
    for (var files :
        List.of(
            List.of(changed, certificate),
            List.of(contract),
            List.of(certificate),
            List.of(contract, certificate, changed),
            List.of(contract, contract, certificate),
            List.of(contract, contract))) {
      var report =
          EvidenceValidator.validate(EvidenceRecord.parse(good), new Evidenced(files), policy());
      assertThat(report.verdict()).as("%s", files).isEqualTo(Verdict.INVALID);
      assertThat(report.reasons().getFirst().what()).isEqualTo("evidence-of-other-file");
    }
  }

  static LongStream seeds() {
    return LongStream.of(42, new Random().nextLong());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("でたらめに一ビットを変えた記録は一つも認めない")
  void findsNoRandomlyBentRecordValid(long seed) throws Exception {
    System.out.println("EvidenceValidatorTest seed " + seed);
    var random = new Random(seed);
    var refused = 0;
    for (var n = 0; n < 100; n++) {
      var bent = good.clone();
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        var report = judge(bent, policy(), contract, certificate);
        if (report.verdict() == Verdict.VALID) {
          assertThat(BentRecord.sameButForTheUnsignedInTheNewest(good, bent))
              .as("byte %d", Arrays.mismatch(good, bent))
              .isTrue();
        }
      } catch (MalformedEvidence unreadable) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1, 99);
  }

  @Test
  @DisplayName("よその時刻認証局、失効した証明書、切れた証明書、終わった方式を見分ける")
  void tellsWhatIsWrongWithAnAuthorityOrAnAlgorithm() throws Exception {
    assertThat(reason(good, new EvidencePolicy(Set.of(stranger.root()), now)))
        .isEqualTo("not-trusted");
    assertThat(reason(good, new EvidencePolicy(Set.of(), now))).isEqualTo("no-trust-anchor");
    assertThat(reason(good, new EvidencePolicy(Set.of(age.root()), START.minus(YEAR))))
        .isIn("from-the-future", "certificate-expired");
    assertThat(
            reason(good, new EvidencePolicy(Set.of(age.root()), now.plus(YEAR.multipliedBy(12)))))
        .isEqualTo("certificate-expired");

    assertThat(reason(good, with("-", START.plus(YEAR).toString().substring(0, 10))))
        .isEqualTo("weak-algorithm");
    assertThat(judge(good, with("-", "-"), contract, certificate).verdict())
        .isEqualTo(Verdict.VALID);
    assertThat(judge(good, with("2028-11-25", "-"), contract, certificate).verdict())
        .isEqualTo(Verdict.VALID);
    assertThat(reason(good, with("2028-11-23", "-"))).isEqualTo("weak-algorithm");
    var unknown = new StringReader("digest\tSHA-512\t0\t-\t-\tnobody\n");
    assertThat(reason(good, with(AlgorithmSunset.read(unknown)))).isEqualTo("weak-algorithm");
  }

  @Test
  @DisplayName("次の更新より前に失効していた証明書のタイムスタンプは認めない")
  void doesNotRelyOnACertificateRevokedBeforeTheNextTimestamp() throws Exception {
    clock.set(START);
    var doomed = Age.begin(folder.resolve("doomed"), clock, HierarchyKeys.all(KeyKind.P_256));
    try (doomed) {
      var batch = batch(List.of(List.of(contract)), HashAlgorithm.SHA_512, doomed);
      var before = doomed.gather(batch.token());
      var serial = doomed.server().pki().timestamp().certificate().getSerialNumber();
      clock.advance(YEAR);
      doomed.server().pki().revoke(serial);
      assertThatThrownBy(() -> doomed.gather(batch.token()))
          .isInstanceOf(jp.musubi.seal.CertificateRevoked.class);

      // Renewed all the same, with proofs from before the revocation.
      var renewal = new TimestampRenewal(HashAlgorithm.SHA_512);
      var record = new Completion(before).of(EvidenceRecord.parse(batch.compact(0)));
      renewal.add(record);
      var stamped = renewal.stamp(age.authority());
      var renewed = new Completion(age.gather(stamped.token())).of(stamped.renew(record));

      var report =
          EvidenceValidator.validate(
              renewed,
              new Evidenced(List.of(contract)),
              new EvidencePolicy(Set.of(age.root(), doomed.root()), clock.instant()));
      assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
      assertThat(report.reasons().getFirst().what()).isEqualTo("revocation-unknown");
    }
  }

  private EvidencePolicy with(String endOfSha256, String endOfCurve256) throws Exception {
    var table =
        """
        digest\tSHA-256\t0\t-\t%s\ttest
        digest\tSHA-512\t0\t-\t-\ttest
        signature\tECDSA\t256\t-\t%s\ttest
        """
            .formatted(endOfSha256, endOfCurve256);
    return with(AlgorithmSunset.read(new StringReader(table)));
  }

  private EvidencePolicy with(AlgorithmSunset table) {
    return new EvidencePolicy(Set.of(age.root()), table, Optional.empty(), now);
  }

  private String reason(byte[] record, EvidencePolicy policy) throws Exception {
    var report = judge(record, policy, contract, certificate);
    assertThat(report.verdict()).isNotEqualTo(Verdict.VALID);
    return report.reasons().getFirst().what();
  }

  private static Arguments bend(String what, UnaryOperator<byte[]> bend) {
    return Arguments.of(what, bend);
  }

  private static Arguments tamper(String what, UnaryOperator<byte[]> bend, String reason) {
    return Arguments.of(what, bend, reason);
  }

  private static UnaryOperator<byte[]> flipHash(int chain, int link, int list) {
    return tree(
        chain,
        link,
        tree -> {
          var hash = tree.get(list).getFirst().clone();
          hash[7] ^= 1;
          return with(tree, list, with(tree.get(list), 0, hash));
        });
  }

  private static UnaryOperator<byte[]> tree(
      int chain, int link, UnaryOperator<List<List<byte[]>>> bend) {
    return der -> {
      var bent = BentRecord.of(der);
      return bent.tree(chain, link, bend.apply(bent.tree(chain, link))).der();
    };
  }

  private static UnaryOperator<byte[]> token(
      int chain, int link, java.util.function.Supplier<byte[]> from, int itsChain, int itsLink) {
    return der ->
        BentRecord.of(der)
            .token(chain, link, BentRecord.of(from.get()).token(itsChain, itsLink))
            .der();
  }

  private static UnaryOperator<byte[]> chains(UnaryOperator<List<List<BentRecord.Link>>> bend) {
    return der -> {
      var bent = BentRecord.of(der);
      return bent.chains(bend.apply(bent.chains())).der();
    };
  }

  private static <T> List<T> plus(List<T> list, T more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }

  private static <T> List<T> with(List<T> list, int at, T other) {
    var changed = new ArrayList<>(list);
    changed.set(at, other);
    return changed;
  }

  private static <T> List<T> reversed(List<T> list) {
    var changed = new ArrayList<>(list);
    Collections.reverse(changed);
    return changed;
  }
}

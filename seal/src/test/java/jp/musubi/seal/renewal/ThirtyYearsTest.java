package jp.musubi.seal.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.Judges;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealRequest;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.validation.AlgorithmSunset;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.testkit.HierarchyKeys;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.SettableClock;
import jp.musubi.testkit.TestPki;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 2026 to 2056 on a clock that is set: authorities come and go, keys roll over every four years,
 * RSA-2048 ends in 2030, P-256 and SHA-256 end in 2050. Nothing is renewed but what {@link
 * RenewalPlan} says, when it says so.
 */
@DisplayName("30年のあいだ")
@Tag("slow")
class ThirtyYearsTest {
  private static final int FIRST = 2026;
  private static final int LAST = 2056;
  private static final int ROLLOVER = 4;

  /** A root, its authorities and their keys, and the year they begin in. */
  private static final Map<Integer, HierarchyKeys> AGES =
      new TreeMap<>(
          Map.of(
              2026, new HierarchyKeys(KeyKind.P_256, KeyKind.P_256, KeyKind.RSA_2048),
              2029, HierarchyKeys.all(KeyKind.P_256),
              2040, HierarchyKeys.all(KeyKind.P_256),
              2049, HierarchyKeys.all(KeyKind.P_384)));

  /** Contracts concluded in a year, and the digest of their first evidence record. */
  private static final Map<Integer, HashAlgorithm> CONTRACTS =
      new TreeMap<>(Map.of(2026, HashAlgorithm.SHA_256, 2041, HashAlgorithm.SHA_512));

  /** The standard table, but for SHA-256, which ends with the other algorithms of 128 bits. */
  private static final AlgorithmSunset TABLE = table();

  private static final Set<Verdict> VALID = Set.of(Verdict.VALID, Verdict.VALID_WITH_WARNINGS);

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-01T00:00:00Z"));
  private final Map<Integer, Age> alive = new TreeMap<>();
  private final Set<X509Certificate> anchors = new LinkedHashSet<>();
  private final Set<X509Certificate> authorities = new LinkedHashSet<>();
  private final List<Path> roots = new ArrayList<>();
  private final List<Kept> contracts = new ArrayList<>();
  private final List<String> renewals = new ArrayList<>();

  /**
   * One contract: the file that is renewed, the file as it was, and the record beside the latter.
   */
  private static final class Kept {
    private final int year;
    private final Path concluded;
    private final byte[] firstRecord;
    private Path renewed;
    private TimestampLife newestInFile;
    private EvidenceRecord record;
    private TimestampLife newestInRecord;
    private ValidationData dataOfNewest;

    Kept(int year, Path concluded, TimestampLife inFile, EvidenceRecord record, Noted noted) {
      this.year = year;
      this.concluded = concluded;
      this.renewed = concluded;
      this.newestInFile = inFile;
      this.record = record;
      this.newestInRecord = noted.stamp(record.algorithm());
      this.dataOfNewest = noted.data();
      this.firstRecord = new Completion(dataOfNewest).of(record).der();
    }

    Evidenced object() {
      return new Evidenced(List.of(concluded));
    }
  }

  /** What is kept of a timestamp that was just made. */
  private record Noted(TimestampToken token, ValidationData data) {
    TimestampLife stamp(HashAlgorithm hash) {
      return TimestampLife.of(hash, token);
    }
  }

  /** Passes on, and remembers the last token. */
  private static final class Remembering implements TimestampAuthority {
    private final TimestampAuthority authority;
    private final ImprintAlgorithm imprint;
    private Optional<TimestampToken> last = Optional.empty();

    Remembering(TimestampAuthority authority, ImprintAlgorithm imprint) {
      this.authority = authority;
      this.imprint = imprint;
    }

    @Override
    public ImprintAlgorithm imprintAlgorithm() {
      return imprint;
    }

    TimestampLife stamp() {
      return TimestampLife.of(
          imprint == ImprintAlgorithm.SHA_256 ? HashAlgorithm.SHA_256 : HashAlgorithm.SHA_512,
          last.orElseThrow());
    }

    @Override
    public TimestampToken timestamp(byte[] imprint) {
      var token = authority.timestamp(imprint);
      last = Optional.of(token);
      return token;
    }
  }

  @AfterEach
  void close() {
    alive.values().forEach(Age::close);
  }

  @Test
  @DisplayName("計画どおりに更新した契約は毎年有効で、更新しなかった契約は証拠が切れた年から有効でない")
  void keepsWhatIsRenewedValidEveryYearAndLosesWhatIsNot() throws Exception {
    for (var year = FIRST; year <= LAST; year++) {
      clock.set(Instant.parse(year + "-04-01T00:00:00Z"));
      turn(year);
      if (CONTRACTS.containsKey(year)) {
        conclude(year);
      }
      for (var contract : contracts) {
        renewFile(contract, year);
        renewRecord(contract, year);
        assertStillProven(contract, year);
        assertProvenUnrenewed(contract, year);
      }
      retire();
    }
    assertThat(renewals)
        .containsExactly(
            "2030 of 2026: file, SIGNATURE_ALGORITHM",
            "2030 of 2026: TIMESTAMP, SIGNATURE_ALGORITHM",
            "2040 of 2026: file, CERTIFICATE_EXPIRY",
            "2040 of 2026: TIMESTAMP, CERTIFICATE_EXPIRY",
            "2050 of 2026: file, HASH_ALGORITHM",
            "2050 of 2026: HASH_TREE, HASH_ALGORITHM",
            "2050 of 2041: file, HASH_ALGORITHM",
            "2050 of 2041: TIMESTAMP, SIGNATURE_ALGORITHM");
    assertThat(alive).containsOnlyKeys(2049);
    assertThatDssAgrees();
  }

  private static AlgorithmSunset table() {
    try (var in = AlgorithmSunset.class.getResourceAsStream("algorithms.tsv")) {
      var standard = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      var ending = standard.replace("SHA-256\t0\t-\t-", "SHA-256\t0\t2041-01-01\t2051-01-01");
      assertThat(ending).isNotEqualTo(standard);
      return AlgorithmSunset.read(new StringReader(ending));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Age today() {
    return alive.values().stream().reduce((_, later) -> later).orElseThrow();
  }

  private void turn(int year) throws Exception {
    if (AGES.containsKey(year)) {
      var age = Age.begin(folder.resolve("age-" + year), clock, AGES.get(year));
      alive.put(year, age);
      anchors.add(age.root());
      authorities.addAll(age.server().pki().sealPath());
      roots.add(
          Files.writeString(
              folder.resolve("root-%d.pem".formatted(year)), TestPki.pem(age.root())));
    } else if ((year - FIRST) % ROLLOVER == 0) {
      var began = alive.keySet().stream().reduce((_, later) -> later).orElseThrow();
      today().server().pki().rollTimestamp(Objects.requireNonNull(AGES.get(began)).timestamp());
    }
    authorities.addAll(today().server().pki().timestamp().path());
  }

  /** An authority on which nothing rests any more closes its doors for good. */
  private void retire() {
    var needed = new LinkedHashSet<X509Certificate>();
    for (var contract : contracts) {
      needed.add(contract.newestInFile.path().getLast());
      needed.add(contract.newestInRecord.path().getLast());
    }
    var newest = today();
    alive
        .entrySet()
        .removeIf(entry -> {
          var gone = entry.getValue() != newest && !needed.contains(entry.getValue().root());
          if (gone) {
            entry.getValue().close();
          }
          return gone;
        });
  }

  private ImprintAlgorithm imprint() {
    return alive.containsKey(2049) ? ImprintAlgorithm.SHA_512 : ImprintAlgorithm.SHA_256;
  }

  private SealEngine engine(TimestampAuthority authority) throws Exception {
    var pki = today().server().pki();
    return new SealEngine(
        Sealery.key(pki.sealKey(), pki.sealPath()), authority, today().revocations(), authorities);
  }

  private void conclude(int year) throws Exception {
    var drawn = folder.resolve("drawn-%d.pdf".formatted(year));
    var prepared = folder.resolve("prepared-%d.pdf".formatted(year));
    var sealed = folder.resolve("sealed-%d.pdf".formatted(year));
    var concluded = folder.resolve("concluded-%d.pdf".formatted(year));
    Sealery.draw(drawn);
    Preparation.prepare(drawn, prepared, Sealery.FIELDS);
    var authority = new Remembering(today().authority(), imprint());
    var engine = engine(authority);
    engine.seal(
        prepared,
        sealed,
        new SealRequest(
            "musubi-1",
            "上毛市 市長 見本 花子",
            "契約",
            "日本",
            "https://keiyaku.example/verify",
            clock.instant(),
            true));
    clock.advance(Duration.ofMinutes(1));
    engine.archive(sealed, concluded);
    var inFile = authority.stamp();

    clock.advance(Duration.ofHours(1));
    var algorithm = Objects.requireNonNull(CONTRACTS.get(year));
    var tree = new HashTree.Builder(algorithm);
    tree.add(algorithm.digest(concluded));
    tree.add(algorithm.digest(drawn));
    var batch = EvidenceBatch.stamp(tree.build(), today().authority());
    var noted = new Noted(batch.token(), today().gather(batch.token()));
    contracts.add(new Kept(year, concluded, inFile, EvidenceRecord.parse(batch.compact(0)), noted));
  }

  private Optional<RenewalPlan> due(TimestampLife newest) {
    return Optional.of(RenewalPlan.of(newest, TABLE, Optional.empty(), RenewalPlan.LEAD))
        .filter(plan -> plan.isDue(clock.instant()));
  }

  private void renewFile(Kept contract, int year) throws Exception {
    var plan = due(contract.newestInFile);
    if (plan.isEmpty()) {
      return;
    }
    clock.advance(Duration.ofHours(1));
    var authority = new Remembering(today().authority(), imprint());
    var engine = engine(authority);
    var target = folder.resolve("renewed-%d-%d.pdf".formatted(contract.year, year));
    engine.renew(contract.renewed, target);
    contract.renewed = target;
    contract.newestInFile = authority.stamp();
    renewals.add("%d of %d: file, %s".formatted(year, contract.year, plan.get().cause()));
  }

  private void renewRecord(Kept contract, int year) throws Exception {
    var plan = due(contract.newestInRecord);
    if (plan.isEmpty()) {
      return;
    }
    clock.advance(Duration.ofHours(1));
    // What is newest is looked up afresh, as its authority is still there to ask (RFC 4998, 5.2).
    var fresh =
        ValidationData.gather(
            contract.newestInRecord.path(), clock.instant(), today().revocations());
    var complete = new Completion(fresh).of(contract.record);
    clock.advance(Duration.ofHours(1));
    TimestampToken token;
    switch (plan.get().kind()) {
      case TIMESTAMP -> {
        var renewal = new TimestampRenewal(complete.algorithm());
        renewal.add(complete);
        var stamped = renewal.stamp(today().authority());
        token = stamped.token();
        contract.record = stamped.renew(complete);
      }
      case HASH_TREE -> {
        var renewal = new HashTreeRenewal(HashAlgorithm.SHA_512);
        var place = renewal.add(complete, contract.object().digests(HashAlgorithm.SHA_512));
        var stamped = renewal.stamp(today().authority());
        token = stamped.token();
        contract.record = stamped.renew(complete, place);
      }
      default -> throw new IllegalStateException("a further kind");
    }
    contract.newestInRecord = TimestampLife.of(contract.record.algorithm(), token);
    contract.dataOfNewest = today().gather(token);
    renewals.add(
        "%d of %d: %s, %s".formatted(year, contract.year, plan.get().kind(), plan.get().cause()));
  }

  private Instant endOfYear(int year) {
    return Instant.parse(year + "-12-31T23:59:59Z");
  }

  private void assertStillProven(Kept contract, int year) throws Exception {
    for (var at : List.of(clock.instant(), endOfYear(year))) {
      var inFile =
          Validator.validate(contract.renewed, new ValidationPolicy(anchors, Set.of(), TABLE, at));
      assertThat(inFile.verdict())
          .as("file of %d at %s: %s", contract.year, at, inFile.reasons())
          .isIn(VALID);
      var beside =
          EvidenceValidator.validate(
              contract.record,
              contract.object(),
              new EvidencePolicy(anchors, TABLE, Optional.of(contract.dataOfNewest), at));
      assertThat(beside.verdict())
          .as("record of %d at %s: %s", contract.year, at, beside.reasons())
          .isIn(VALID);
      assertThat(beside.provenSince().orElseThrow())
          .isBefore(Instant.parse(contract.year + "-04-02T00:00:00Z"));
    }
  }

  /** The concluded file and its first record, left alone: valid for a while, and then not. */
  private void assertProvenUnrenewed(Kept contract, int year) throws Exception {
    var at = endOfYear(year);
    // RSA-2048 ends; P-256 ends, and in the same year the authority's certificate.
    var ends = contract.year == 2026 ? 2031 : 2051;
    var file =
        Validator.validate(contract.concluded, new ValidationPolicy(anchors, Set.of(), TABLE, at));
    assertThat(VALID.contains(file.verdict()))
        .as("unrenewed file of %d at the end of %d: %s", contract.year, year, file.reasons())
        .isEqualTo(year < ends);
    var record =
        EvidenceValidator.validate(
            EvidenceRecord.parse(contract.firstRecord),
            contract.object(),
            new EvidencePolicy(anchors, TABLE, Optional.empty(), at));
    assertThat(record.proves())
        .as("unrenewed record of %d at the end of %d: %s", contract.year, year, record.reasons())
        .isEqualTo(year < ends);
  }

  /** Of the oldest contract, thirty years later: the renewed file, and the record beside it. */
  private void assertThatDssAgrees() throws Exception {
    var oldest = contracts.getFirst();
    var file = Judges.dss(roots, List.of(oldest.renewed), List.of(), clock.instant());
    assertThat(file.exit()).as(file.text()).isZero();
    var ers = folder.resolve("evidence.ers");
    Files.write(ers, new Completion(oldest.dataOfNewest).of(oldest.record).der());
    var record = Judges.dss(roots, List.of(oldest.concluded), List.of(ers), clock.instant());
    assertThat(record.text())
        .contains(
            "\"indication\":\"PASSED\",\"subIndication\":null,\"timestamps\":"
                + oldest.record.timestamps());
  }
}

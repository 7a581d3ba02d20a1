package jp.musubi.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import jp.musubi.Faults;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Revision;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.Tenancy;
import jp.musubi.testkit.Fault;
import jp.musubi.testkit.PkiServer;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
@DisplayName("締結処理は")
class SealingSagaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");

  @Autowired Contracts contracts;
  @Autowired AuditTrail audit;
  @Autowired Vault vault;
  @Autowired SealingSaga saga;
  @Autowired Clock clock;

  private final PkiServer pki = ServiceTest.RealParts.pki();
  private final Faults faults = ServiceTest.RealParts.faults();
  private TestBody body;
  private TestContract contract;

  @BeforeEach
  void aDraft() {
    body = TestBody.create("x");
    contract = TestContract.draft(body, vault);
  }

  @AfterEach
  void wholeAgain() {
    pki.tsa().heal();
    pki.ocsp().heal();
    pki.crl().heal();
    assertThat(faults.areAllMet()).isTrue();
    assertThat(Tenancy.in(body.id(), () -> audit.firstBreak(java.util.List.of()))).isEmpty();
  }

  @Test
  @DisplayName("三者の同意から、前の版に積み重なる署名と長期署名の締結版と証明書を作る")
  void concludesWithThreeParties() throws Exception {
    concludeAll();

    var concluded = particulars();
    var revisions = concluded.revisions();
    assertThat(revisions).extracting(Revision::ordinal).containsExactly(0, 1, 2);
    assertThat(concluded.finalFile()).contains(revisions.getLast().file());
    assertThat(concluded.concludedAt()).contains(revisions.getLast().sealedAt());
    var all = new java.util.ArrayList<>(java.util.List.of(bytes(contract.prepared())));
    for (var revision : revisions) {
      all.add(bytes(revision.file()));
    }
    for (var i = 1; i < all.size(); i++) {
      assertThat(all.get(i)).startsWith(all.get(i - 1));
    }
    try (var pdf = Loader.loadPDF(all.getLast())) {
      assertThat(pdf.getSignatureDictionaries()).hasSize(4);
      assertThat(pdf.getSignatureDictionaries().get(1).getName())
          .isEqualTo("株式会社 見本建設 代表取締役 例田 一郎");
      assertThat(pdf.getSignatureDictionaries().get(1).getReason()).startsWith("契約相手方として合意（認証：");
    }
    try (var full = Loader.loadPDF(bytes(concluded.certificate().orElseThrow()));
        var copy = Loader.loadPDF(bytes(concluded.certificateMasked().orElseThrow()))) {
      assertThat(full.getSignatureDictionaries()).hasSize(2);
      assertThat(new PDFTextStripper().getText(full))
          .contains("192.0.2.1", "試用", revisions.getLast().file().hex());
      assertThat(new PDFTextStripper().getText(copy)).contains("192.0.2.***");
    }
    assertThat(count("seal_attempt")).isEqualTo(3);
  }

  @Test
  @DisplayName("タイムスタンプ局が止まれば理由を示して待ち、戻れば自分で続ける")
  void waitsForTheTimestampAuthority() {
    pki.tsa().fail(new Fault.Refuse());
    dispatch();
    await(p -> p.sealCause().filter("TSA"::equals).isPresent());
    assertThat(particulars().revisions()).isEmpty();

    pki.tsa().heal();
    await(p -> p.revisions().size() == 1);
    assertThat(particulars().sealCause()).isEmpty();
  }

  @Test
  @DisplayName("失効情報が得られない間は締結済にならず、戻れば締結する")
  void waitsForRevocationData() {
    dispatch();
    await(p -> p.revisions().size() == 1);
    agree(1);
    await(p -> p.revisions().size() == 2);
    pki.ocsp().fail(new Fault.Refuse());
    pki.crl().fail(new Fault.Refuse());
    agree(2);
    await(p -> p.sealCause().filter("REVOCATION"::equals).isPresent());
    assertThat(particulars().state()).isEqualTo("CONCLUDING");

    pki.ocsp().heal();
    pki.crl().heal();
    await(p -> p.state().equals("CONCLUDED"));
  }

  @Test
  @DisplayName("どの外部呼出しの前後で途切れても、やり直して一度だけ締結する")
  void resumesAfterACrashAtAnyPort() {
    breakOnceAt("Vault.with:before", "SealKey.sign:before", "SealKey.sign:after");
    dispatch();
    await(p -> p.revisions().size() == 1);
    breakOnceAt("TimestampAuthority.timestamp:after", "Vault.put:before", "Vault.put:after");
    agree(1);
    await(p -> p.revisions().size() == 2);
    breakOnceAt(
        "RevocationSource.revocationOf:after",
        "ObjectStore.putIfAbsent:after",
        "TimestampAuthority.timestamp:before");
    agree(2);
    await(p -> p.state().equals("CONCLUDED"));

    assertThat(particulars().revisions()).hasSize(3);
    assertThat(Tenancy.in(body.id(), () -> audit.of(contract.id().value())))
        .filteredOn(entry -> entry.action().equals("contract.concluded"))
        .hasSize(1);
  }

  @Test
  @DisplayName("ほかのノードが引き継いだ後に目覚めたノードの署名は捨てる")
  void discardsTheWorkOfAnOvertakenNode() {
    faults.onceAt(
        body.id(),
        "Vault.put:after",
        () -> {
          var first = agreementId(0);
          Tenancy.in(
              body.id(),
              () -> {
                saga.sign(first);
                return null;
              });
        });
    dispatch();
    await(p -> p.revisions().size() == 1);
    agree(1);
    await(p -> p.revisions().size() == 2);

    assertThat(count("seal_attempt")).isEqualTo(3);
    assertThat(particulars().revisions()).hasSize(2);
  }

  @Test
  @DisplayName("途中で取り消された契約の署名は静かに捨てる")
  void endsQuietlyWhenTheContractWasWithdrawn() throws InterruptedException {
    faults.onceAt(
        body.id(),
        "SealKey.sign:before",
        () ->
            Tenancy.in(
                body.id(), () -> contracts.withdraw(contract.id(), "誤送信のため", ACTOR, MANNER)));
    dispatch();
    await(p -> p.state().equals("WITHDRAWN"));
    awaitNoJob();

    assertThat(particulars().revisions()).isEmpty();
  }

  @Test
  @DisplayName("同じ同意が64回同時に来ても、合意も締結も証明書も一つ")
  void concludesOnceForManyIdenticalAgreements() throws Exception {
    dispatch();
    await(p -> p.revisions().size() == 1);
    agree(1);
    await(p -> p.revisions().size() == 2);
    var shown = particulars().currentFile();
    var office = particulars().parties().get(2);
    var start = new CountDownLatch(1);
    var accepted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 64)
              .<Future<Decision>>mapToObj(_ ->
                  threads.submit(() -> {
                    start.await();
                    return Tenancy.in(
                        body.id(),
                        () -> contracts.agree(contract.id(), office, shown, ACTOR, MANNER));
                  }))
              .toList();
      start.countDown();
      for (var one : all) {
        accepted += one.get() instanceof Decision.Accepted ? 1 : 0;
      }
    }
    await(p -> p.state().equals("CONCLUDED"));

    assertThat(accepted).isEqualTo(1);
    assertThat(count("agreement")).isEqualTo(3);
    assertThat(count("seal_attempt")).isEqualTo(3);
    // prepared, two revisions, the final file, two certificates
    assertThat(count("vault_object")).isEqualTo(6);
  }

  private void breakOnceAt(String... points) {
    for (var point : points) {
      faults.breakOnceAt(body.id(), point);
    }
  }

  private void concludeAll() {
    dispatch();
    await(p -> p.revisions().size() == 1);
    agree(1);
    await(p -> p.revisions().size() == 2);
    agree(2);
    await(p -> p.state().equals("CONCLUDED"));
  }

  private void dispatch() {
    var decision =
        Tenancy.in(
            body.id(),
            () ->
                contracts.dispatch(
                    contract.id(),
                    contract.prepared(),
                    clock.instant().plus(Duration.ofDays(14)),
                    ACTOR,
                    MANNER));
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
  }

  private void agree(int ordinal) {
    var shown = particulars().currentFile();
    var party = particulars().parties().get(ordinal);
    var decision =
        Tenancy.in(body.id(), () -> contracts.agree(contract.id(), party, shown, ACTOR, MANNER));
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
  }

  private Particulars particulars() {
    return Tenancy.in(body.id(), () -> contracts.get(contract.id()));
  }

  private java.util.UUID agreementId(int ordinal) {
    return Tenancy.in(body.id(), () -> contracts.agreements(contract.id()).get(ordinal).id());
  }

  private byte[] bytes(jp.musubi.seal.Sha256 sha256) {
    return Tenancy.in(
        body.id(),
        () ->
            vault.with(
                sha256,
                file -> {
                  try {
                    return java.nio.file.Files.readAllBytes(file);
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }));
  }

  private void await(Predicate<Particulars> condition) {
    var until = Instant.now().plus(PATIENCE);
    while (!condition.test(particulars())) {
      var now = particulars();
      assertThat(Instant.now())
          .as(
              "state %s, %d seals, waits for %s",
              now.state(), now.revisions().size(), now.sealCause())
          .isBefore(until);
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void awaitNoJob() throws InterruptedException {
    var until = Instant.now().plus(PATIENCE);
    while (jobs() > 0) {
      assertThat(Instant.now()).isBefore(until);
      Thread.sleep(100);
    }
  }

  private long jobs() {
    return query(
        "select count(*) from scheduled_tasks where task_instance like '%s/%%'"
            .formatted(body.id()));
  }

  private long count(String table) {
    return query("select count(*) from %s where tenant_id = '%s'".formatted(table, body.id()));
  }

  private static long query(String sql) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var row = connection.createStatement().executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

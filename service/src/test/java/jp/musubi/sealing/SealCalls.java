package jp.musubi.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Mandates;
import jp.musubi.harness.Call;
import jp.musubi.harness.Hands;
import jp.musubi.harness.Queue;
import jp.musubi.harness.Toxic;
import jp.musubi.harness.Wire;
import jp.musubi.operations.Auditor;
import jp.musubi.operations.Violation;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.key.KeyStoreSealKey;
import jp.musubi.seal.remote.FailoverTimestampAuthority;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.TestPki;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The calls of sealing: to timestamp authorities, revocation services and the key. */
public final class SealCalls implements AutoCloseable {
  /** Of calls that go wrong; those that go well have all the time of a busy machine. */
  private static final Duration DEADLINE = Duration.ofMillis(1_500);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ApplicationContext context;
  private final Clock clock;
  private final PkiServer pki;
  private final Wire statuses;
  private final ReentrantLock statusesTurn = new ReentrantLock();
  private final List<X509Certificate> anchors;
  private final SecondValidator second;
  private final SealKey key;

  /** A hierarchy of its own, whose revocation services are reached by a wire. */
  public SealCalls(ApplicationContext context, Path folder) throws Exception {
    this.context = context;
    this.clock = context.getBean(Clock.class);
    this.statuses = new Wire(Wire.Protocol.HTTP, 0);
    var hierarchy = TestPki.open(folder, URI.create("http://127.0.0.1:" + statuses.port()), clock);
    this.pki = PkiServer.behind(hierarchy);
    statuses.to(pki.port());
    var trust = Files.writeString(folder.resolve("trust.pem"), hierarchy.rootPem());
    this.anchors = SealPorts.certificates(trust);
    this.second =
        new SecondValidator(
            Path.of("../dss/target/dss-exec.jar"), List.of(trust), Duration.ofMinutes(4));
    second.warmUp();
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(folder.resolve("keys.p12"))) {
      store.load(in, "musubi-trial".toCharArray());
    }
    this.key = KeyStoreSealKey.of(store, "seal-p-256", "musubi-trial".toCharArray());
  }

  /** All of them. */
  public List<Call> all() {
    return List.of(
        Call.named("時刻認証局（署名のタイムスタンプ）", toxic -> timestamp(toxic, 0)),
        Call.named("時刻認証局（文書のタイムスタンプ）", toxic -> timestamp(toxic, 2)),
        Call.named("時刻認証局（予備がある）", this::failover),
        Call.named("OCSP（失効リストがある）", toxic -> revocation(toxic, "/ocsp", true)),
        Call.named("OCSPと失効リスト", toxic -> revocation(toxic, "", false)),
        Call.named("署名鍵", this::key));
  }

  @Override
  public void close() {
    second.close();
    pki.close();
    statuses.close();
  }

  private void timestamp(Toxic toxic, int ordinal) throws Exception {
    try (var wire = new Wire(Wire.Protocol.HTTP, pki.port())) {
      var saga = saga(key, authority(wire.port(), DEADLINE), revocations(PATIENCE));
      var at = at(ordinal);
      // The second of the last job is that of the whole document.
      wire.spoil(toxic, ordinal == 0 ? 1 : 2);
      run(at, saga, toxic == Toxic.DUPLICATE, Optional.of("TSA"), wire::spoilt, wire::heal);
    }
  }

  private void failover(Toxic toxic) throws Exception {
    try (var wire = new Wire(Wire.Protocol.HTTP, pki.port())) {
      var both =
          new FailoverTimestampAuthority(
              List.of(authority(wire.port(), DEADLINE), authority(pki.port(), PATIENCE)),
              200,
              Duration.ofMillis(20),
              clock,
              _ -> {});
      var saga = saga(key, both, revocations(PATIENCE));
      var at = at(0);
      wire.spoil(toxic, 1);
      run(at, saga, true, Optional.empty(), wire::spoilt, wire::heal);
    }
  }

  private void revocation(Toxic toxic, String path, boolean concludes) throws Exception {
    var saga = saga(key, authority(pki.port(), PATIENCE), revocations(DEADLINE));
    statusesTurn.lock();
    try {
      var at = at(2);
      statuses.spoil(toxic, 1, path);
      run(
          at,
          saga,
          concludes || toxic == Toxic.DUPLICATE,
          Optional.of("REVOCATION"),
          statuses::spoilt,
          statuses::heal);
    } finally {
      statuses.heal();
      statusesTurn.unlock();
    }
  }

  private void key(Toxic toxic) throws Exception {
    var sick = new SickKey(key);
    var saga = saga(sick, authority(pki.port(), PATIENCE), revocations(PATIENCE));
    var at = at(0);
    sick.spoil(toxic);
    run(
        at,
        saga,
        toxic == Toxic.DUPLICATE || toxic == Toxic.SLOW,
        Optional.empty(),
        sick::spoilt,
        sick::heal);
  }

  /** A contract whose next job is that of an agreement. */
  private record At(Hands hands, UUID agreement, int seals) {}

  private At at(int ordinal) throws Exception {
    var body = TestBody.create("x");
    Queue.keep(body.id());
    var vault = context.getBean(Vault.class);
    var hands =
        new Hands(
            context.getBean(Contracts.class), clock, body, TestContract.draft(body, vault).id());
    hands.dispatch();
    for (var i = 0; i < ordinal; i++) {
      assertThat(sign(well(), hands, agreement(hands, i))).isTrue();
      hands.agree(i + 1);
    }
    return new At(hands, agreement(hands, ordinal), ordinal);
  }

  private static UUID agreement(Hands hands, int ordinal) {
    return Tenancy.in(
        hands.body().id(), () -> hands.contracts().agreements(hands.id()).get(ordinal).id());
  }

  private static boolean sign(SealingSaga saga, Hands hands, UUID agreement) {
    return Tenancy.in(hands.body().id(), () -> saga.sign(agreement));
  }

  private void run(
      At at,
      SealingSaga saga,
      boolean atOnce,
      Optional<String> cause,
      java.util.function.IntSupplier spoilt,
      Runnable heal) {
    var before = at.hands().look();
    if (atOnce) {
      assertThat(sign(saga, at.hands(), at.agreement())).isTrue();
    } else {
      assertThatThrownBy(() -> sign(saga, at.hands(), at.agreement()))
          .isInstanceOf(RuntimeException.class);
      var waiting = at.hands().look();
      assertThat(waiting.state()).isEqualTo(before.state());
      assertThat(waiting.revisions()).hasSize(at.seals());
      assertThat(waiting.finalFile()).isEmpty();
      // The page says true what it waits for.
      assertThat(waiting.sealCause()).isPresent();
      cause.ifPresent(word -> assertThat(waiting.sealCause()).contains(word));
    }
    assertThat(spoilt.getAsInt()).as("the call went wrong").isPositive();
    heal.run();
    assertThat(sign(well(), at.hands(), at.agreement())).isTrue();
    assertThat(sign(well(), at.hands(), at.agreement())).as("and once more").isTrue();
    var after = at.hands().look();
    assertThat(after.revisions()).hasSize(at.seals() + 1);
    assertThat(after.sealCause()).isEmpty();
    assertThat(after.state()).isEqualTo(at.seals() == 2 ? "CONCLUDED" : "AWAITING_AGREEMENTS");
    var body = at.hands().body();
    // The service itself knows another root; both validators here know this one.
    assertThat(context.getBean(Auditor.class).audit(body.id(), body.code()))
        .extracting(Violation::code)
        .isSubsetOf("not-valid");
  }

  private SealingSaga well() {
    return saga(key, authority(pki.port(), PATIENCE), revocations(PATIENCE));
  }

  private SealingSaga saga(
      SealKey sealing, TimestampAuthority authority, RevocationSource revocations) {
    var sealer =
        new EngineSealer(
            new SealEngine(sealing, authority, revocations, anchors),
            new Validation(second, anchors, clock),
            new SealWords(URI.create("https://keiyaku.musubi.example")),
            clock);
    return new SealingSaga(
        context.getBean(Contracts.class),
        context.getBean(Attachments.class),
        List.copyOf(context.getBeansOfType(Inscription.class).values()),
        context.getBean(Mandates.class),
        context.getBean(Organisations.class),
        context.getBean(Claims.class),
        context.getBean(Vault.class),
        sealer,
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
        clock);
  }

  private HttpTimestampAuthority authority(int port, Duration deadline) {
    return new HttpTimestampAuthority(
        URI.create("http://127.0.0.1:" + port + "/tsa"),
        ImprintAlgorithm.SHA_256,
        List.of(PkiServer.TSA_POLICY),
        anchors,
        Optional.empty(),
        clock,
        deadline);
  }

  private RevocationSource revocations(Duration deadline) {
    return new HttpRevocationSource(List.of("127.0.0.1"), clock, deadline);
  }
}

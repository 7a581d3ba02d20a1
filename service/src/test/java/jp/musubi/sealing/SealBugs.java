package jp.musubi.sealing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Revision;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.PartyAnchors;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampUnavailable;
import jp.musubi.seal.key.WatchedSealKey;
import jp.musubi.seal.remote.FailoverTimestampAuthority;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Ways to seal wrongly, for the harness to find. */
public final class SealBugs {
  private final ApplicationContext context;
  private final Contracts contracts;
  private final Vault vault;
  private final Clock clock;

  /** Beside the running service. */
  public SealBugs(ApplicationContext context) {
    this.context = context;
    this.contracts = context.getBean(Contracts.class);
    this.vault = context.getBean(Vault.class);
    this.clock = context.getBean(Clock.class);
  }

  /** The last seal is recorded as it is made: without archive timestamp, and unvalidated. */
  public void concludeUnchecked(String job) {
    conclude(job, context.getBean(FailoverTimestampAuthority.class));
  }

  /** No authority answers; the file is recorded all the same. */
  public void swallowTheAuthoritysSilence(String job) {
    conclude(
        job,
        _ -> {
          throw new TimestampUnavailable("away", null);
        });
  }

  /**
   * While the first seal is stored, another node takes the agreement over; whoever had it records
   * it all the same.
   */
  public void recordAfterTakeover(String job) {
    var parsed = SealSchedule.Job.parse(job);
    var transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    var claims = new UnfencedClaims(context.getBean(JdbcClient.class));
    Tenancy.in(
        parsed.tenant(),
        () -> {
          var agreement = contracts.agreement(parsed.agreement()).orElseThrow();
          if (agreement.ordinal() == 0) {
            ServiceTest.RealParts.faults()
                .onceAt(
                    parsed.tenant(),
                    "Vault.put:after",
                    () -> {
                      pause();
                      transaction.executeWithoutResult(_ ->
                          claims.announce(
                              agreement.id(),
                              claims.take(agreement.id(), clock.instant()),
                              contracts.get(agreement.contract()).currentFile(),
                              "01",
                              clock.instant()));
                    });
          }
          return sagaWith(claims).sign(agreement.id());
        });
  }

  private static void pause() {
    try {
      // By the real clock, by which the authority tells the time: longer than may differ.
      Thread.sleep(2_500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private SealingSaga sagaWith(Claims claims) {
    return new SealingConfiguration()
        .sealingSaga(
            context.getBean(SealSettings.class),
            context.getBean(SealEngine.class),
            context.getBean(SecondValidator.class),
            context.getBean(PartyAnchors.class),
            context.getBean(FaultPoints.class),
            contracts,
            context.getBean(Attachments.class),
            List.copyOf(context.getBeansOfType(Inscription.class).values()),
            context.getBean(Mandates.class),
            context.getBean(Organisations.class),
            claims,
            vault,
            context.getBean(PlatformTransactionManager.class),
            clock,
            URI.create("https://keiyaku.musubi.example"));
  }

  private void conclude(String job, TimestampAuthority authority) {
    var parsed = SealSchedule.Job.parse(job);
    Tenancy.in(
        parsed.tenant(),
        () -> {
          var agreement = contracts.agreement(parsed.agreement()).orElseThrow();
          var contract = contracts.get(agreement.contract());
          if (agreement.ordinal() < contract.parties().size() - 1) {
            return context.getBean(SealingSaga.class).sign(agreement.id());
          }
          var transaction =
              new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
          var sealed =
              vault.with(
                  contract.currentFile(), source -> sealed(source, agreement.id(), authority));
          transaction.executeWithoutResult(_ -> {
            context
                .getBean(Claims.class)
                .announce(agreement.id(), 1, contract.currentFile(), "01", clock.instant());
            contracts.conclude(
                contract.id(),
                new Revision(
                    agreement.ordinal(), agreement.id(), sealed, clock.instant(), "01", "02"),
                sealed,
                sealed);
          });
          return true;
        });
  }

  private jp.musubi.seal.Sha256 sealed(Path source, UUID id, TimestampAuthority authority) {
    try (var folder = WorkFolder.create()) {
      var target = folder.resolve("sealed.pdf");
      var agreement = contracts.agreement(id).orElseThrow();
      var contract = contracts.get(agreement.contract());
      var engine =
          new SealEngine(
              context.getBean(WatchedSealKey.class),
              authority,
              context.getBean(RevocationSource.class));
      try {
        engine.seal(
            source,
            target,
            new SealWords(URI.create("https://keiyaku.musubi.example"))
                .of(agreement, contract.party(agreement.party()).orElseThrow(), clock.instant()));
      } catch (TimestampUnavailable e) {
        // The bug: it goes on as if it had been sealed.
        return vault.put(source, "application/pdf");
      }
      return vault.put(target, "application/pdf");
    }
  }
}

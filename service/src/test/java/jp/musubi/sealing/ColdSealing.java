package jp.musubi.sealing;

import com.github.kagkarlsson.scheduler.task.Task;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Mandates;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.PartyAnchors;
import jp.musubi.platform.PeopleFirst;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.key.WatchedSealKey;
import jp.musubi.seal.remote.FailoverTimestampAuthority;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;

/** The job of sealing on a node that has just started: its engine has seen no token yet. */
public final class ColdSealing {
  private ColdSealing() {}

  /** The service's own, but for what it had in memory. */
  public static Task<Void> task(ApplicationContext context) {
    var parts = new SealingConfiguration();
    var settings = context.getBean(SealSettings.class);
    var clock = context.getBean(Clock.class);
    var faults = context.getBean(FaultPoints.class);
    var engine =
        parts.sealEngine(
            settings,
            context.getBean(WatchedSealKey.class),
            context.getBean(FailoverTimestampAuthority.class),
            context.getBean(RevocationSource.class),
            context.getBean(PartyAnchors.class),
            faults);
    var saga =
        parts.sealingSaga(
            settings,
            engine,
            context.getBean(SecondValidator.class),
            context.getBean(PartyAnchors.class),
            faults,
            context.getBean(Contracts.class),
            context.getBean(Attachments.class),
            List.copyOf(context.getBeansOfType(Inscription.class).values()),
            context.getBean(Mandates.class),
            context.getBean(Organisations.class),
            context.getBean(Claims.class),
            context.getBean(Vault.class),
            context.getBean(PlatformTransactionManager.class),
            clock,
            URI.create("http://localhost:8080"));
    return parts.sealTask(saga, context.getBean(PeopleFirst.class), clock);
  }
}

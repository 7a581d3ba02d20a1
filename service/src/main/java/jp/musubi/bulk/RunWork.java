package jp.musubi.bulk;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Target;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.RefusalMessages;
import jp.musubi.contract.Sending;
import jp.musubi.contract.StepRefused;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.staff.Staff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The work on a list: makes the drafts, sends what was said to leave. May be broken off at any
 * point and begun again: what a line has become and the line's own state are one transaction.
 */
@Component
class RunWork {
  private static final int SENT_AT_ONCE = 50;

  private final RunStore store;
  private final RowStore rows;
  private final CodeSeeds seeds;
  private final DraftMaking making;
  private final Sending sending;
  private final Staff staff;
  private final Organisations organisations;
  private final TransactionTemplate transaction;
  private final Clock clock;

  RunWork(
      RunStore store,
      RowStore rows,
      CodeSeeds seeds,
      DraftMaking making,
      Sending sending,
      Staff staff,
      Organisations organisations,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.store = store;
    this.rows = rows;
    this.seeds = seeds;
    this.making = making;
    this.sending = sending;
    this.staff = staff;
    this.organisations = organisations;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /** Works until nothing is left to do, or somebody stops it. */
  void run(UUID id) {
    while (true) {
      var run = in(() -> store.find(id, false)).orElseThrow();
      if (run.paused()) {
        return;
      }
      switch (run.state()) {
        case MAKING -> make(run);
        case SENDING -> {
          if (send(run)) {
            return;
          }
        }
        case CHECKED, MADE, CANCELLED -> {
          return;
        }
      }
    }
  }

  private void make(Run run) {
    var clerk = clerk(run);
    if (clerk.isEmpty()) {
      stop(run, "bulk.stopped.clerk");
      return;
    }
    switch (making.make(run, clerk.get())) {
      case DONE -> in(() -> made(run));
      case STOPPED -> {}
      case OFFICE_VACANT -> stop(run, "bulk.stopped.office");
    }
  }

  /** All that can be made is made; what was said to leave before goes on leaving. */
  private boolean made(Run run) {
    store.find(run.id(), true);
    var counts = rows.counts(run.id());
    if (counts.toMake() == 0) {
      store.setState(run.id(), counts.toSend() > 0 ? Run.State.SENDING : Run.State.MADE);
    }
    return true;
  }

  /** Sends some; whether nothing is left to send. */
  private boolean send(Run run) {
    var next = in(() -> rows.leaving(run.id(), SENT_AT_ONCE));
    if (next.isEmpty()) {
      return true;
    }
    var clerk = clerk(run);
    if (clerk.isEmpty()) {
      stop(run, "bulk.stopped.clerk");
      return true;
    }
    var manner = in(() -> store.manner(run.id()));
    var seed = in(() -> seeds.plain(run.id(), store.seed(run.id()).orElseThrow()));
    next.forEach(row -> send(run, row, seed, clerk.get(), manner));
    return false;
  }

  private void send(
      Run run, RowStore.Leaving row, String seed, StaffMember clerk, Agreement.Manner manner) {
    var key = "bulk-%s-%d".formatted(run.id(), row.line());
    try {
      in(() -> {
        if (rows.lockLeaving(run.id(), row.line())) {
          var reviewed = new Sending.Reviewed(key, seed, row.version(), row.document());
          if (run.releaseAt().isPresent()) {
            sending.schedule(row.contract(), reviewed, run.releaseAt().get(), clerk, manner);
          } else {
            sending.send(row.contract(), reviewed, clerk, manner);
          }
          rows.sent(run.id(), row.line(), clock.instant());
        }
        return true;
      });
    } catch (StepRefused refused) {
      trouble(run, row, RefusalMessages.key(refused.reason()) + ".what");
    } catch (ConcurrentChange changed) {
      trouble(run, row, "bulk.trouble.changed");
    }
  }

  private void trouble(Run run, RowStore.Leaving row, String key) {
    in(() -> {
      rows.trouble(run.id(), row.line(), key);
      return true;
    });
  }

  private void stop(Run run, String why) {
    in(() -> {
      store.pause(run.id(), Optional.of(why));
      return true;
    });
  }

  /** Who acts, in the section the list is for: as long as they work here and may make contracts. */
  private Optional<StaffMember> clerk(Run run) {
    var path = in(() -> organisations.pathOf(run.section()));
    return in(() -> staff.active(run.clerk()))
        .filter(person ->
            Authorisation.reach(person, Act.MAKE_CONTRACT).covers(new Target(path, Set.of())))
        .map(person ->
            new StaffMember(
                person.tenant(),
                person.id(),
                person.loginId(),
                person.name(),
                person.mail(),
                run.section(),
                person.grants()));
  }

  private <T> T in(Supplier<T> work) {
    return java.util.Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }
}

package jp.musubi.statistics;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.register.Waiting;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 参加団体の統計. Counted body by body, each as that body: numbers, and no word of what is in a contract,
 * in which section or by whom.
 */
@Service
class BodyReadings {
  private final Organisations organisations;
  private final Courses courses;
  private final Delays delays;
  private final TransactionTemplate ofItsOwn;

  BodyReadings(
      Organisations organisations,
      Courses courses,
      Delays delays,
      PlatformTransactionManager transactions) {
    this.organisations = organisations;
    this.courses = courses;
    this.delays = delays;
    this.ofItsOwn = new TransactionTemplate(transactions);
    this.ofItsOwn.setReadOnly(true);
    // Each body is counted as that body, whatever the caller works for.
    this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /**
   * The numbers of one body.
   *
   * @param late how many wait too long at the moment
   */
  record OfBody(Body body, Tally tally, int late) {}

  /** Of every body but the operator's. */
  List<OfBody> read(Asked asked) {
    return organisations.bodies().stream()
        .filter(body -> !body.isOperators())
        .map(body -> Tenancy.in(body.id(), () -> read(body, asked)))
        .toList();
  }

  private OfBody read(Body body, Asked asked) {
    return Objects.requireNonNull(
        ofItsOwn.execute(_ -> {
          var statistics =
              Statistics.of(courses.ofTheBody(asked.period()), asked.ofTheYear(), asked.period());
          return new OfBody(body, statistics.whole(), late(delays.ofTheBody(asked.days())));
        }));
  }

  private static int late(Map<Waiting.At, Delays.Delay> delays) {
    return delays.values().stream().mapToInt(Delays.Delay::late).sum();
  }
}

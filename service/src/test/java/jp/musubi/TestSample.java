package jp.musubi;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** 抽出 of a test, written as the superuser would. */
public final class TestSample {
  private TestSample() {}

  /** A sample that was opened to its auditor an hour ago, for a day. */
  public static UUID open(TestBody body, UUID auditor, UUID opener, UUID... contracts) {
    // The service under test reads the same clock; what is open is open as of today.
    var now = Instant.now();
    return open(
        body,
        auditor,
        opener,
        now.minus(Duration.ofHours(1)),
        now.plus(Duration.ofDays(1)),
        contracts);
  }

  /** The same for another time. */
  public static UUID open(
      TestBody body, UUID auditor, UUID opener, Instant from, Instant until, UUID... contracts) {
    var id = UUID.randomUUID();
    TestPeople.run(
        """
        insert into audit_sample (tenant_id, id, auditor_id, purpose, method, conditions, candidates,
                                  drawn_at)
        values (?, ?, ?, '定期監査', 'PICKED', '', 1, now())
        """,
        body.id().value(),
        id,
        auditor);
    for (var contract : contracts) {
      TestPeople.run(
          "insert into audit_sample_contract values (?, ?, ?)", body.id().value(), id, contract);
    }
    TestPeople.run(
        """
        update audit_sample set opened_at = ?, opened_by = ?, open_from = ?, open_until = ?
         where id = ?
        """,
        java.sql.Timestamp.from(from),
        opener,
        java.sql.Timestamp.from(from),
        java.sql.Timestamp.from(until),
        id);
    return id;
  }
}

package jp.musubi.closure;

import java.nio.ByteBuffer;
import jp.musubi.platform.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What lies of the current body in tables that all bodies share: jobs, which name it, and sessions,
 * which hold it in their serialised form.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Leftovers {
  private static final String JOBS = "from scheduled_tasks where task_instance like :body || '%'";

  /** A UUID as Java writes it: its fields in the order of their names. */
  private static final String SESSIONS =
      """
      from spring_session s
       where exists (select from spring_session_attributes a
                      where a.session_primary_id = s.primary_id
                        and position(:body in a.attribute_bytes) > 0)
      """;

  private final JdbcClient jdbc;

  Leftovers(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  long jobs() {
    return count(JOBS, Tenancy.required().toString());
  }

  long sessions() {
    return count(SESSIONS, serialised());
  }

  void erase() {
    jdbc.sql("delete " + JOBS).param("body", Tenancy.required().toString()).update();
    jdbc.sql("delete " + SESSIONS).param("body", serialised()).update();
  }

  private long count(String what, Object body) {
    return jdbc.sql("select count(*) " + what).param("body", body).query(Long.class).single();
  }

  private static byte[] serialised() {
    var id = Tenancy.required().value();
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getLeastSignificantBits())
        .putLong(id.getMostSignificantBits())
        .array();
  }
}

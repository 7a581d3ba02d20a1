package jp.musubi.harness;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.platform.TenantId;

/**
 * I10: whose seal was recorded. A node that was taken over throws away what it made: a recorded
 * seal is never older than the announcement of the newest epoch there was when it was recorded. Two
 * seconds are left to the difference between our clock and the authority's.
 */
public final class Fences {
  private Fences() {}

  /** Seals of which that is not so. */
  public static List<String> wrong(Connection superuser, TenantId body) throws SQLException {
    var wrong = new ArrayList<String>();
    try (var query =
        superuser.prepareStatement(
            """
            with recorded as (
              select contract_id, at, row_number() over (partition by contract_id order by seq) - 1 as ordinal
                from audit_entry
               where tenant_id = ? and action in ('contract.sealed', 'contract.concluded'))
            select r.contract_id, r.ordinal
              from revision r
              join recorded e on e.contract_id = r.contract_id and e.ordinal = r.ordinal
             where r.tenant_id = ?
               and r.sealed_at + interval '2 seconds' <
                   (select s.started_at from seal_attempt s
                     where s.tenant_id = r.tenant_id and s.agreement_id = r.agreement_id
                       and s.started_at < e.at
                     order by s.epoch desc limit 1)
            """)) {
      query.setObject(1, body.value());
      query.setObject(2, body.value());
      try (var row = query.executeQuery()) {
        while (row.next()) {
          wrong.add("I10: recorded after it was taken over: seal " + row.getInt(2));
        }
      }
    }
    return wrong;
  }
}

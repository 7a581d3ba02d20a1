package jp.musubi.operations;

import java.util.List;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 件数. How much the bodies use the service, counted body by body: numbers, and no word of what is in
 * a contract.
 */
@Service
class BodyCounts {
  private final Organisations organisations;
  private final JdbcClient jdbc;
  private final TransactionTemplate ofItsOwn;

  BodyCounts(
      Organisations organisations, JdbcClient jdbc, PlatformTransactionManager transactions) {
    this.organisations = organisations;
    this.jdbc = jdbc;
    this.ofItsOwn = new TransactionTemplate(transactions);
    this.ofItsOwn.setReadOnly(true);
    // Each body is counted as that body, whatever the caller works for.
    this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** The numbers of one body. */
  record Counts(Body body, int staff, int underWay, int concluded, boolean hasAdministrator) {}

  /** The numbers of every body but the operator's. */
  List<Counts> all() {
    return organisations.bodies().stream()
        .filter(body -> !body.isOperators())
        .map(body -> Tenancy.in(body.id(), () -> counted(body)))
        .toList();
  }

  private Counts counted(Body body) {
    return java.util.Objects.requireNonNull(
        ofItsOwn.execute(_ ->
            jdbc.sql(
                    """
                    select (select count(*) from staff where active) as staff,
                           (select count(*) from contract
                             where state in ('AWAITING_AGREEMENTS', 'CONCLUDING')) as under_way,
                           (select count(*) from contract where state = 'CONCLUDED') as concluded,
                           exists (select from staff s
                                     join role_grant g on g.staff_id = s.id
                                    where g.role = 'BODY_ADMIN' and g.until_at is null
                                      and s.active and s.password_set_at is not null) as has_admin
                    """)
                .query((row, _) ->
                    new Counts(
                        body,
                        row.getInt("staff"),
                        row.getInt("under_way"),
                        row.getInt("concluded"),
                        row.getBoolean("has_admin")))
                .single()));
  }
}

package jp.musubi.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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

  /**
   * The numbers of one body.
   *
   * @param missing what it has to have before its first contract, and has not
   */
  record Counts(Body body, int staff, int underWay, int concluded, Set<Preparation> missing) {}

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
                                      and s.active and s.password_set_at is not null)
                             as administrator,
                           (select count(*) > 1 from section) as sections,
                           (select count(*) > 1 from staff where active) as staff_beside,
                           exists (select from office_term
                                    where from_date <= :today
                                      and (until_date is null or until_date > :today)) as office
                    """)
                .param("today", organisations.today())
                .query((row, _) ->
                    new Counts(
                        body,
                        row.getInt("staff"),
                        row.getInt("under_way"),
                        row.getInt("concluded"),
                        missing(row)))
                .single()));
  }

  private static Set<Preparation> missing(ResultSet row) throws SQLException {
    var missing = EnumSet.noneOf(Preparation.class);
    for (var each : Preparation.values()) {
      var there =
          switch (each) {
            case ADMINISTRATOR -> row.getBoolean("administrator");
            case SECTIONS -> row.getBoolean("sections");
            case STAFF -> row.getBoolean("staff_beside");
            case OFFICE -> row.getBoolean("office");
          };
      if (!there) {
        missing.add(each);
      }
    }
    return missing;
  }
}

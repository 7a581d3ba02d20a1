package jp.musubi.deadline;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.contract.ClerkMail;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.JapaneseDates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 満了のお知らせ, of the current body: once for each day on which a contract's period ends, to whoever has
 * the contract in hand and to its section. A contract that lasts no longer than the notice is not
 * told of.
 */
@Service
class Endings {
  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  /** The rest is written to at the next look. */
  private static final int AT_ONCE = 500;

  private final JdbcClient jdbc;
  private final ReminderRegister register;
  private final ClerkMail clerks;
  private final TransactionOperations transactions;

  Endings(
      JdbcClient jdbc,
      ReminderRegister register,
      ClerkMail clerks,
      TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.register = register;
    this.clerks = clerks;
    this.transactions = transactions;
  }

  /** A contract near its end. */
  private record Ending(ContractId contract, LocalDate until, boolean renews) {}

  /** Writes what is due now, if letters may go now; how many contracts were told of. */
  int sendDue(Instant now) {
    if (!ReminderRules.isOfficeHour(now)) {
      return 0;
    }
    var rules = register.current();
    var today = LocalDate.ofInstant(now, JapaneseDates.ZONE);
    var told = 0;
    for (var ending : in(() -> untold(today, rules.endingBefore()))) {
      if (rules.isEnding(ending.until(), today) && tried(ending, today, now)) {
        told++;
      }
    }
    return told;
  }

  /** One contract's trouble must not keep the others' letters back. */
  private boolean tried(Ending ending, LocalDate today, Instant now) {
    try {
      return in(() -> tell(ending, today, now));
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("contract", ending.contract())
          .log("a letter about the end of a contract was not written");
      return false;
    }
  }

  private List<Ending> untold(LocalDate today, int before) {
    return jdbc.sql(
            """
            select c.id, c.period_until, c.renews from contract c
             where c.state in ('CONCLUDED', 'ELSEWHERE', 'ON_PAPER')
               and c.period_until between :today and :last
               and c.period_until - coalesce(c.period_from, c.contract_date, c.created_at::date)
                   > :before
               and not exists (select from ending_notice n where n.tenant_id = c.tenant_id
                                and n.contract_id = c.id and n.period_until = c.period_until)
             order by c.period_until, c.id limit :most
            """)
        .param("today", today)
        .param("last", today.plusDays(before))
        .param("before", before)
        .param("most", AT_ONCE)
        .query((row, _) ->
            new Ending(
                new ContractId(row.getObject("id", UUID.class)),
                row.getObject("period_until", LocalDate.class),
                row.getBoolean("renews")))
        .list();
  }

  private boolean tell(Ending ending, LocalDate today, Instant now) {
    var isNews =
        jdbc.sql(
                    """
                    insert into ending_notice (contract_id, period_until, told_at)
                    values (:contract, :until, :now)
                    on conflict (tenant_id, contract_id, period_until) do nothing
                    """)
                .param("contract", ending.contract().value())
                .param("until", ending.until())
                .param("now", Timestamp.from(now))
                .update()
            == 1;
    if (isNews) {
      clerks.write(
          "ending/%s/%s".formatted(ending.contract(), ending.until()),
          ending.contract(),
          ending.renews() ? "deadline.mail.renewing" : "deadline.mail.ending",
          JapaneseDates.date(ending.until()),
          String.valueOf(ChronoUnit.DAYS.between(today, ending.until())));
    }
    return isNews;
  }

  private <T> T in(Supplier<T> work) {
    return Objects.requireNonNull(transactions.execute(_ -> work.get()));
  }
}

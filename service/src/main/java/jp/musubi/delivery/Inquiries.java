package jp.musubi.delivery;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import jp.musubi.platform.InquiryLimit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * このメールは本物か. Tells somebody who has number and address of a mail that the current body sent such a
 * contract, and when; whoever has only one of them learns nothing.
 */
@Service
@Transactional
class Inquiries {
  private static final int MOST_OF_NETWORK = 10;
  private static final int MOST_OF_BODY = 1_000;

  private final JdbcClient jdbc;
  private final InquiryLimit limit;
  private final Clock clock;

  Inquiries(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.limit =
        new InquiryLimit(jdbc, InquiryLimit.Counts.MAIL_INQUIRY, MOST_OF_NETWORK, MOST_OF_BODY);
    this.clock = clock;
  }

  /** What an inquiry is answered. */
  sealed interface Answer {
    /** Such a contract was sent. */
    record Sent(Instant at) implements Answer {}

    /** There is none, or not to that address: which, is not said. */
    record Unknown() implements Answer {}

    /** Asked too often; nothing was looked at. */
    record TooMany() implements Answer {}
  }

  /**
   * Asks.
   *
   * @param number 文書番号 as printed in the mail
   * @param recipient the address it came to
   * @param clientIp from where
   */
  public Answer ask(String number, String recipient, String clientIp) {
    if (!limit.admits(clientIp, clock.instant())) {
      return new Answer.TooMany();
    }
    return sent(number, recipient).<Answer>map(Answer.Sent::new).orElseGet(Answer.Unknown::new);
  }

  /** When the first mail about that contract went to that address of a counterparty. */
  private Optional<Instant> sent(String number, String recipient) {
    return jdbc.sql(
            """
            select m.sent_at
              from contract c
              join mail m on m.tenant_id = c.tenant_id and m.contract_id = c.id
             where c.number = :number and lower(m.recipient) = lower(:recipient)
               and m.sent_at is not null
               and (exists (select 1 from party p
                             where p.contract_id = c.id and p.kind = 'COUNTERPARTY'
                               and lower(p.mail) = lower(:recipient))
                    or exists (select 1 from delegation d
                                where d.contract_id = c.id and lower(d.mail) = lower(:recipient)))
             order by m.sent_at limit 1
            """)
        .param("number", number)
        .param("recipient", recipient)
        .query((row, _) -> row.getTimestamp("sent_at").toInstant())
        .optional();
  }
}

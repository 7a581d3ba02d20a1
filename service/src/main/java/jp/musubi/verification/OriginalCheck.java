package jp.musubi.verification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import jp.musubi.platform.InquiryLimit;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 原本照合. Tells whoever has a file and the number of a contract of the current body whether they
 * belong together: by the file's digest alone, which nobody guesses, and with nothing that the file
 * does not say itself.
 */
@Service
@Transactional
class OriginalCheck {
  private static final int MOST_OF_NETWORK = 60;
  private static final int MOST_OF_BODY = 10_000;

  private final JdbcClient jdbc;
  private final InquiryLimit limit;
  private final Clock clock;

  OriginalCheck(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.limit =
        new InquiryLimit(jdbc, InquiryLimit.Counts.FILE_INQUIRY, MOST_OF_NETWORK, MOST_OF_BODY);
    this.clock = clock;
  }

  /** What a question is answered. */
  sealed interface Answer {
    /**
     * 一致: it is the concluded contract.
     *
     * @param kept whether the body still has it, or has disposed of its own
     */
    record Document(Instant concludedAt, boolean kept) implements Answer {}

    /** 一致: it is the contract's 締結証明書, the body's or the counterparty's copy. */
    record Certificate(Instant concludedAt, boolean kept) implements Answer {}

    /** 不一致: the contract is concluded, and this is none of its files. */
    record Other() implements Answer {}

    /** 不明: no concluded contract has that number. */
    record Unknown() implements Answer {}

    /** Asked too often; nothing was looked at. */
    record TooMany() implements Answer {}
  }

  /**
   * Asks.
   *
   * @param number 文書番号 as printed on the 締結証明書
   * @param clientIp from where
   */
  public Answer ask(String number, Sha256 file, String clientIp) {
    if (!limit.admits(clientIp, clock.instant())) {
      return new Answer.TooMany();
    }
    return jdbc.sql(
            """
            select final_sha256, certificate_sha256, certificate_masked_sha256, concluded_at,
                   state = 'CONCLUDED' as kept,
                   -- A version with a further timestamp is that contract, too.
                   (select min(p.file) from protection p
                     where p.tenant_id = c.tenant_id and p.contract_id = c.id
                       and p.sha256 = :file) as version_of
              from contract c where number = :number and state in ('CONCLUDED', 'DISPOSED')
               -- What another service concluded is its to vouch for.
               and certificate_sha256 is not null
            """)
        .param("number", number)
        .param("file", file.hex())
        .query((row, _) -> compared(row, file.hex()))
        .optional()
        .orElseGet(Answer.Unknown::new);
  }

  private static Answer compared(ResultSet row, String file) throws SQLException {
    var concluded = row.getTimestamp("concluded_at").toInstant();
    var kept = row.getBoolean("kept");
    var version = row.getString("version_of");
    if (file.equals(row.getString("final_sha256")) || "FINAL".equals(version)) {
      return new Answer.Document(concluded, kept);
    }
    return version != null
            || file.equals(row.getString("certificate_sha256"))
            || file.equals(row.getString("certificate_masked_sha256"))
        ? new Answer.Certificate(concluded, kept)
        : new Answer.Other();
  }
}

package jp.musubi.signing;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.notification.MessageWords;
import jp.musubi.platform.secrets.MailedSecrets;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 確認番号. Six digits, made for one coming in and good for minutes. A number follows from its id and a
 * key outside the database, and is kept nowhere.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class OneTimeCodes implements LiveSecrets, MessageWords {
  /** Long enough to find a telephone; NIST SP 800-63B-4, 3.1.3.1 allows ten minutes. */
  static final Duration LIFE = Duration.ofMinutes(10);

  private static final BigInteger SIX_DIGITS = BigInteger.TEN.pow(6);

  private final JdbcClient jdbc;
  private final MailedSecrets secrets;
  private final MessageSource messages;
  private final MailedLinks links;
  private final Clock clock;

  OneTimeCodes(
      JdbcClient jdbc,
      @Value("${musubi.secrets.link-key-file}") Path keyFile,
      MessageSource messages,
      MailedLinks links,
      Clock clock) {
    this.jdbc = jdbc;
    this.secrets = new MailedSecrets(keyFile, "musubi-code-1");
    this.messages = messages;
    this.links = links;
    this.clock = clock;
  }

  /** Makes a number for a party; those before it are worth nothing from now on. */
  UUID make(ContractId contract, PartyId party, Optional<String> mail) {
    var id = UUID.randomUUID();
    var now = clock.instant();
    jdbc.sql(
            """
            insert into one_time_code (id, contract_id, party_id, mail, made_at, expires_at)
            values (:id, :contract, :party, :mail, :now, :until)
            """)
        .param("id", id)
        .param("contract", contract.value())
        .param("party", party.value())
        .param("mail", mail.orElse(null), Types.VARCHAR)
        .param("now", Timestamp.from(now))
        .param("until", Timestamp.from(now.plus(LIFE)))
        .update();
    return id;
  }

  /** When numbers were made for a party since a moment. */
  List<Instant> madeSince(PartyId party, Instant since) {
    return jdbc.sql(
            """
            select made_at from one_time_code
             where party_id = :party and made_at > :since order by made_at
            """)
        .param("party", party.value())
        .param("since", Timestamp.from(since))
        .query((row, _) -> row.getTimestamp("made_at").toInstant())
        .list();
  }

  /** The number that would be right, if one is: the newest, unless it was used or is too old. */
  Optional<UUID> live(PartyId party) {
    return jdbc.sql(
            """
            select id, used_at, expires_at from one_time_code
             where party_id = :party order by made_at desc, id limit 1
            """)
        .param("party", party.value())
        .query((row, _) ->
            row.getTimestamp("used_at") == null
                    && clock.instant().isBefore(row.getTimestamp("expires_at").toInstant())
                ? Optional.of(row.getObject("id", UUID.class))
                : Optional.<UUID>empty())
        .optional()
        .flatMap(found -> found);
  }

  /** Whether somebody has the number; takes the same time either way. */
  boolean matches(UUID id, String entered) {
    return MessageDigest.isEqual(
        digits(id).getBytes(StandardCharsets.UTF_8), entered.getBytes(StandardCharsets.UTF_8));
  }

  /** It has let somebody in, and lets in nobody else. */
  void used(UUID id) {
    jdbc.sql("update one_time_code set used_at = :now where id = :id")
        .param("now", Timestamp.from(clock.instant()))
        .param("id", id)
        .update();
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID id, MailAddress recipient) {
    return address(id)
        .filter(mail -> MailAddress.parse(mail).equals(recipient))
        .map(_ -> digits(id));
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID message) {
    return isLive(message)
        ? Optional.of(
            messages.getMessage(
                "signing.mail.number.sms",
                new Object[] {links.body().name(), digits(message)},
                Locale.JAPAN))
        : Optional.empty();
  }

  private Optional<String> address(UUID id) {
    return jdbc.sql("select mail from one_time_code where id = :id and mail is not null")
        .param("id", id)
        .query(String.class)
        .optional();
  }

  private boolean isLive(UUID id) {
    return jdbc.sql(
            """
            select 1 from one_time_code
             where id = :id and mail is null and used_at is null and expires_at > :now
            """)
        .param("id", id)
        .param("now", Timestamp.from(clock.instant()))
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  private String digits(UUID id) {
    var secret = secrets.of(id).getBytes(StandardCharsets.US_ASCII);
    return "%06d".formatted(new BigInteger(1, secret).mod(SIX_DIGITS));
  }
}

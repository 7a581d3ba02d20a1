package jp.musubi.signing;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.notification.MailFile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 締結の知らせの添付, of the current body: whether counterparties get the concluded file with the letter, or
 * the link alone. Letters to the body's staff never carry one.
 */
@Service
@Transactional
public class ConcludedMail {
  private static final long MEGABYTE = 1_000_000;

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  ConcludedMail(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What the body has chosen.
   *
   * @param mostMegabytes 1 to 20, of a million bytes; larger files go by the link alone
   */
  public record Rule(boolean attached, int mostMegabytes) {
    /**
     * Of a body that has said nothing: the link asks for what the link asks for, a mailbox does
     * not.
     */
    public static final Rule DEFAULT = new Rule(false, 5);
  }

  /** What goes with the letter about one contract. */
  sealed interface Enclosed {
    /** The link alone. */
    record Nothing() implements Enclosed {}

    /** The concluded file. */
    record File(MailFile file) implements Enclosed {}

    /** It would go, and is too large. */
    record TooLarge(int mostMegabytes) implements Enclosed {}
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public Rule current() {
    return jdbc.sql("select attached, most_megabytes from concluded_mail_rules")
        .query((row, _) -> new Rule(row.getBoolean("attached"), row.getInt("most_megabytes")))
        .optional()
        .orElse(Rule.DEFAULT);
  }

  /** From the next conclusion on. */
  public void change(Rule rule, Actor by, @Nullable String clientIp) {
    var before = current();
    jdbc.sql(
            """
            insert into concluded_mail_rules (attached, most_megabytes, changed_at)
            values (:attached, :most, :now)
            on conflict (tenant_id) do update
               set attached = excluded.attached, most_megabytes = excluded.most_megabytes,
                   changed_at = excluded.changed_at
            """)
        .param("attached", rule.attached())
        .param("most", rule.mostMegabytes())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "settings.concluded-mail-changed",
        null,
        clientIp,
        Map.of(
            "attached", before.attached() + " → " + rule.attached(),
            "mostMegabytes", before.mostMegabytes() + " → " + rule.mostMegabytes()));
  }

  /** What goes with the letters about a contract that is concluded now. */
  Enclosed of(Particulars contract) {
    var rule = current();
    if (!rule.attached()) {
      return new Enclosed.Nothing();
    }
    var file = contract.finalFile().orElseThrow();
    return size(file.hex()).filter(bytes -> bytes <= rule.mostMegabytes() * MEGABYTE).isPresent()
        ? new Enclosed.File(new MailFile(file, contract.number() + "_契約書.pdf"))
        : new Enclosed.TooLarge(rule.mostMegabytes());
  }

  private Optional<Long> size(String file) {
    return jdbc.sql("select bytes from vault_object where sha256 = :file")
        .param("file", file)
        .query(Long.class)
        .optional();
  }
}

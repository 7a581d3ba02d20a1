package jp.musubi.staff;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.secrets.MailedSecrets;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 招待. Mails a link by which a member of staff chooses a password; it works once and for some days
 * (ASVS 6.4.1). The secret is made of the link's key and a key outside of the database, which holds
 * only its digest.
 */
@Component
public class Invitations implements LiveSecrets {
  /** How long a link is good for. */
  static final Duration VALID = Duration.ofDays(10);

  private final JdbcClient jdbc;

  private final StaffStore staff;
  private final Organisations organisations;
  private final Outbox outbox;
  private final AuditTrail audit;
  private final MessageSource messages;
  private final Passwords passwords;
  private final SignInPolicies policies;
  private final Clock clock;
  private final MailedSecrets secrets;
  private final Entrances entrances;

  Invitations(
      JdbcClient jdbc,
      StaffStore staff,
      Organisations organisations,
      Outbox outbox,
      AuditTrail audit,
      MessageSource messages,
      Passwords passwords,
      SignInPolicies policies,
      Clock clock,
      @Value("${musubi.secrets.link-key-file}") Path keyFile,
      Entrances entrances) {
    this.jdbc = jdbc;
    this.staff = staff;
    this.organisations = organisations;
    this.outbox = outbox;
    this.audit = audit;
    this.messages = messages;
    this.passwords = passwords;
    this.policies = policies;
    this.clock = clock;
    this.secrets = new MailedSecrets(keyFile, "musubi-invitation-1");
    this.entrances = entrances;
  }

  /** Where a person's newest invitation stands. */
  public sealed interface Standing {
    /** Never invited. */
    record None() implements Standing {}

    /** The link waits in the mailbox. */
    record Open(Instant until) implements Standing {}

    /** The link was not used in time. */
    record Expired(Instant at) implements Standing {}

    /** The person chose a password. */
    record Used(Instant at) implements Standing {}
  }

  /** What became of a password that an invited person chose. */
  sealed interface Outcome {
    /** It is theirs from now on. */
    record Set(String loginId) implements Outcome {}

    /** It is unfit; the link stays good. */
    record Unfit(Text why) implements Outcome {}

    /** The link is used, revoked, too old, or none. */
    record Dead() implements Outcome {}
  }

  /** Why a link is sent; the words are {@code staff.} + name + {@code .mail}. */
  enum Occasion {
    /** Somebody was registered. */
    INVITATION,
    /** Somebody lost their second factors. */
    RESET
  }

  /** Invites somebody; the links before die. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void invite(UUID person, Actor by, @Nullable String clientIp) {
    invite(person, by, clientIp, Occasion.INVITATION);
  }

  /** Sends a link by which somebody chooses a password; the links before die. */
  @Transactional(propagation = Propagation.MANDATORY)
  void invite(UUID person, Actor by, @Nullable String clientIp, Occasion occasion) {
    var member = staff.find(person).orElseThrow(() -> new NotFound("staff " + person));
    var now = clock.instant();
    revokeAll(person);
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into invitation (id, staff_id, secret_hash, created_at, expires_at)
            values (:id, :staff, :hash, :now, :expires)
            """)
        .param("id", id)
        .param("staff", person)
        .param("hash", MailedSecrets.hashOf(secrets.of(id)).hex())
        .param("now", Timestamp.from(now))
        .param("expires", Timestamp.from(now.plus(VALID)))
        .update();
    var body = organisations.current().name();
    var mail = "staff." + occasion.name().toLowerCase(Locale.ROOT) + ".mail";
    outbox.enqueue(
        "invitation/" + id,
        null,
        member.mail(),
        words(mail + ".subject", body),
        words(
            mail + ".body",
            member.name(),
            body,
            member.loginId(),
            "{link:" + id + "}",
            JapaneseDates.time(now.plus(VALID))));
    audit.record(
        by,
        "staff.invited",
        null,
        clientIp,
        Map.of("staff", person.toString(), "loginId", member.loginId()));
  }

  /** The links of somebody die. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void revokeAll(UUID person) {
    jdbc.sql(
            """
            update invitation set revoked_at = :now
             where staff_id = :staff and used_at is null and revoked_at is null
            """)
        .param("now", Timestamp.from(clock.instant()))
        .param("staff", person)
        .update();
  }

  /** Where the person's newest invitation stands. */
  @Transactional(readOnly = true)
  public Standing standing(UUID person) {
    return jdbc.sql(
            """
            select expires_at, used_at from invitation
             where staff_id = :staff and revoked_at is null order by created_at desc limit 1
            """)
        .param("staff", person)
        .query((row, _) -> {
          var used = row.getTimestamp("used_at");
          var expires = row.getTimestamp("expires_at").toInstant();
          if (used != null) {
            return (Standing) new Standing.Used(used.toInstant());
          }
          return clock.instant().isBefore(expires)
              ? new Standing.Open(expires)
              : new Standing.Expired(expires);
        })
        .optional()
        .orElseGet(Standing.None::new);
  }

  /** How long a password the link wants; empty if it may not be used any more. Changes nothing. */
  @Transactional(readOnly = true)
  Optional<Integer> least(UUID id, String secret) {
    return invited(id, secret, false).map(member -> policies.leastPassword(member.id()));
  }

  /** The invited person chooses a password; every session of theirs ends. */
  @Transactional
  Outcome choose(UUID id, String secret, String password, @Nullable String clientIp) {
    var person = invited(id, secret, true);
    if (person.isEmpty()) {
      return new Outcome.Dead();
    }
    var member = person.get();
    var least = policies.leastPassword(member.id());
    var wrong = PasswordRule.of(password, least, context(member));
    if (wrong.isPresent()) {
      return new Outcome.Unfit(PasswordRule.words(wrong.get(), least));
    }
    var now = clock.instant();
    jdbc.sql("update invitation set used_at = :now where id = :id")
        .param("now", Timestamp.from(now))
        .param("id", id)
        .update();
    staff.setPassword(
        member.id(), java.util.Objects.requireNonNull(passwords.encode(password)), now);
    staff.endSessions(member.id());
    audit.record(
        member.actor(), "staff.password-set", null, clientIp, Map.of("loginId", member.loginId()));
    return new Outcome.Set(member.loginId());
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID link, MailAddress recipient) {
    return jdbc.sql(
            """
            select s.mail from invitation i
              join staff s on s.tenant_id = i.tenant_id and s.id = i.staff_id
             where i.id = :id
            """)
        .param("id", link)
        .query(String.class)
        .optional()
        .filter(mail -> MailAddress.parse(mail).equals(recipient))
        .map(_ ->
            entrances
                .on(policies.current().entrance())
                .at(
                    "/invitation/%s/%s/%s"
                        .formatted(organisations.current().code(), link, secrets.of(link))));
  }

  /** What somebody who knows the person would try. */
  List<String> context(StaffMember member) {
    return List.of(
        organisations.current().name(),
        member.loginId(),
        member.name(),
        member.mail().replaceFirst("@.*", ""),
        "musubi",
        "むすび");
  }

  private Optional<StaffMember> invited(UUID id, String secret, boolean lock) {
    record Row(UUID staffId, String secretHash) {}
    return jdbc.sql(
            """
            select i.staff_id, i.secret_hash from invitation i
             where i.id = :id and i.used_at is null and i.revoked_at is null
               and i.expires_at > :now
            """
                + (lock ? " for update" : ""))
        .param("id", id)
        .param("now", Timestamp.from(clock.instant()))
        .query(Row.class)
        .optional()
        .filter(row -> MailedSecrets.matches(secret, Sha256.parse(row.secretHash())))
        .flatMap(row -> staff.active(row.staffId(), clock.instant()));
  }

  private String words(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }
}

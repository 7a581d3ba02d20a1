package jp.musubi.staff;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.secrets.AppCodes;
import jp.musubi.platform.secrets.AppSecret;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 二つめの要素. What a member of staff shows beside the password: a code of their authenticator app, or,
 * when that is lost, one of a printed list of recovery codes.
 */
@Service
@Transactional
public class SecondFactors {
  static final int RECOVERY_CODES = 10;

  /** Letters and digits that nobody mistakes for others: 32, five bits each. */
  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int RECOVERY_LETTERS = 16;

  private final FactorStore store;
  private final StaffStore staff;
  private final StaffMail mail;
  private final AuditTrail audit;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  SecondFactors(
      FactorStore store, StaffStore staff, StaffMail mail, AuditTrail audit, Clock clock) {
    this.store = store;
    this.staff = staff;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether this member is asked for a second factor at sign-in. */
  @Transactional(readOnly = true)
  public boolean registered(StaffMember member) {
    return registered(member.id());
  }

  /** Whether the member has a second factor. */
  @Transactional(readOnly = true)
  public boolean registered(UUID member) {
    return store.hasAny(member);
  }

  /** Whether this member has an app whose codes can be asked for. */
  @Transactional(readOnly = true)
  public boolean hasApp(StaffMember member) {
    return store.hasConfirmedApp(member.id());
  }

  /**
   * Whether the code is this member's now. A code is taken once. Failures count as failed sign-ins
   * do, and an account that rests answers no.
   *
   * @param code as typed: six digits of the app, or a recovery code; width, spaces and hyphens do
   *     not matter
   * @param ip from where
   * @return which of the two it was
   */
  public Optional<Factor> confirms(StaffMember member, String code, @Nullable String ip) {
    return confirms(member, code, ip, "staff.confirmed");
  }

  /** As {@link #confirms}, at sign-in. */
  Optional<Factor> signIn(StaffMember member, String code, @Nullable String ip) {
    return confirms(member, code, ip, "staff.signed-in");
  }

  private Optional<Factor> confirms(
      StaffMember member, String code, @Nullable String ip, String action) {
    var attempt = staff.countAttempt(member.loginId(), clock.instant());
    if (attempt.isEmpty()) {
      return Optional.empty();
    }
    var shown = shown(member, read(code));
    if (shown.isPresent()) {
      staff.clearAttempts(member.id(), clock.instant());
      record(member, action, ip, Map.of("factor", shown.get().name()));
    } else {
      record(member, attempt.get().last() ? "staff.locked" : "staff.refused", ip, Map.of());
    }
    return shown;
  }

  private Optional<Factor> shown(StaffMember member, String code) {
    var app = store.lockApp(member.id()).filter(FactorStore.App::confirmed);
    if (app.isEmpty()) {
      return Optional.empty();
    }
    var step = step(app.get(), code);
    if (step.isPresent()) {
      store.take(member.id(), step.getAsLong());
      return Optional.of(Factor.TOTP);
    }
    return code.length() == RECOVERY_LETTERS
            && store.useRecoveryCode(member.id(), hashOf(code), clock.instant())
        ? Optional.of(Factor.RECOVERY_CODE)
        : Optional.empty();
  }

  /**
   * Makes a secret for a new app. It counts for nothing until a code of it was shown; an app that
   * counts already stays.
   */
  void propose(StaffMember member) {
    var secret = new byte[AppCodes.SECRET_BYTES];
    random.nextBytes(secret);
    store.propose(member.id(), secret);
  }

  /** The secret that waits for its first code. */
  Optional<AppSecret> proposed(StaffMember member) {
    return store.lockApp(member.id()).filter(app -> !app.confirmed()).map(FactorStore.App::secret);
  }

  /**
   * Begins to ask for the app, if the code is of the secret that waits.
   *
   * @return the recovery codes, which nobody can look up afterwards; empty if the code is wrong
   */
  Optional<List<String>> confirm(StaffMember member, String code, @Nullable String ip) {
    var app = store.lockApp(member.id()).filter(waiting -> !waiting.confirmed());
    var step = app.map(waiting -> step(waiting, read(code))).orElse(OptionalLong.empty());
    if (step.isEmpty()) {
      return Optional.empty();
    }
    store.take(member.id(), step.getAsLong());
    store.confirm(member.id(), clock.instant());
    store.enrolled(member.id());
    record(member, "staff.factor-added", ip, Map.of("factor", Factor.TOTP.name()));
    mail.tell(member, "staff.factor.added");
    return Optional.of(newRecoveryCodes(member));
  }

  /** A new list of recovery codes; the old one is void. */
  List<String> renewRecoveryCodes(StaffMember member, @Nullable String ip) {
    if (!store.hasConfirmedApp(member.id())) {
      throw new IntegrityBroken("recovery codes without an app: staff " + member.id());
    }
    record(member, "staff.recovery-codes-renewed", ip, Map.of());
    return newRecoveryCodes(member);
  }

  /** How many recovery codes are left. */
  int recoveryCodesLeft(StaffMember member) {
    return store.unusedRecoveryCodes(member.id());
  }

  /** No longer asks for the app. */
  void remove(StaffMember member, @Nullable String ip) {
    store.remove(member.id());
    record(member, "staff.factor-removed", ip, Map.of("factor", Factor.TOTP.name()));
    mail.tell(member, "staff.factor.removed");
  }

  private List<String> newRecoveryCodes(StaffMember member) {
    var codes = Stream.generate(this::recoveryCode).limit(RECOVERY_CODES).toList();
    store.replaceRecoveryCodes(
        member.id(), codes.stream().map(SecondFactors::hashOf).toList(), clock.instant());
    return codes.stream().map(code -> code.replaceAll("(.{4})(?=.)", "$1-")).toList();
  }

  private String recoveryCode() {
    return random
        .ints(RECOVERY_LETTERS, 0, LETTERS.length())
        .mapToObj(at -> LETTERS.substring(at, at + 1))
        .collect(Collectors.joining());
  }

  private OptionalLong step(FactorStore.App app, String code) {
    return AppCodes.step(app.secret().bytes(), code, app.taken(), clock.instant());
  }

  private static Sha256 hashOf(String code) {
    return Sha256.of(code.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** As the codes are kept: half width, capitals, nothing between. */
  private static String read(String typed) {
    return java.text.Normalizer.normalize(typed, java.text.Normalizer.Form.NFKC)
        .replaceAll("[^0-9A-Za-z]", "")
        .toUpperCase(Locale.ROOT);
  }

  private void record(
      StaffMember member, String action, @Nullable String ip, Map<String, String> facts) {
    audit.record(member.actor(), action, null, ip, facts);
  }
}

package jp.musubi.staff;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.web.Entrance;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.RelyingParties;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * パスキー (W3C Web Authentication level 3). Bound by the browser to the name under which it was made,
 * so that no other page can ask for it; the device insists on a fingerprint, a face or a PIN
 * (WEB-2).
 */
@Service
@Transactional
public class Passkeys {
  private final PasskeyStore store;
  private final FactorStore factors;
  private final StaffStore staff;
  private final StaffMail mail;
  private final AuditTrail audit;
  private final Clock clock;
  private final RelyingParties parties;

  Passkeys(
      PasskeyStore store,
      FactorStore factors,
      StaffStore staff,
      StaffMail mail,
      AuditTrail audit,
      Clock clock,
      Entrances entrances) {
    this.store = store;
    this.factors = factors;
    this.staff = staff;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
    this.parties = new RelyingParties(entrances, store);
  }

  /** The member's passkeys, the oldest first. */
  @Transactional(readOnly = true)
  List<PasskeyStore.Line> of(StaffMember member) {
    return store.of(member.id());
  }

  /** Whether the member has one that opens there. */
  @Transactional(readOnly = true)
  boolean registered(StaffMember member, Entrance entrance) {
    return store.of(member.id()).stream().anyMatch(line -> line.host().equals(entrance.host()));
  }

  /** What the browser is asked to make a new passkey for. */
  PublicKeyCredentialCreationOptions creation(Authentication member, Entrance entrance) {
    return parties.creation(member, entrance.host());
  }

  /** What the browser is asked to sign, with one of the member's passkeys; with any, if null. */
  PublicKeyCredentialRequestOptions request(@Nullable Authentication member, Entrance entrance) {
    return parties.request(member, entrance.host());
  }

  /** The options as the browser reads them. */
  String json(Object options) {
    return parties.json(options);
  }

  /**
   * Keeps a new passkey.
   *
   * @param options what was asked
   * @param answer what the browser answered, as JSON
   * @return whether it is one; what is wrong with another stands in the log
   */
  boolean register(
      StaffMember member,
      PublicKeyCredentialCreationOptions options,
      String answer,
      String label,
      @Nullable String ip) {
    if (!parties.register(options, answer, label)) {
      return false;
    }
    factors.enrolled(member.id());
    record(member, "staff.factor-added", ip, Map.of("factor", Factor.PASSKEY.name()));
    mail.tell(member, "staff.factor.added");
    return true;
  }

  /**
   * Whether the answer was signed now, for us, by one of the member's passkeys. Failures count as
   * failed sign-ins do.
   *
   * @param options what was asked
   * @param answer what the browser answered, as JSON
   * @param action what the record says of a success
   */
  boolean confirms(
      StaffMember member,
      PublicKeyCredentialRequestOptions options,
      String answer,
      @Nullable String ip,
      String action) {
    var attempt = staff.countAttempt(member.loginId(), clock.instant());
    if (attempt.isEmpty()) {
      return false;
    }
    var shown = isOf(member, options, answer);
    if (shown) {
      staff.clearAttempts(member.id(), clock.instant());
      record(member, action, ip, Map.of("factor", Factor.PASSKEY.name()));
    } else {
      record(member, attempt.get().last() ? "staff.locked" : "staff.refused", ip, Map.of());
    }
    return shown;
  }

  /**
   * Signs in to the current body by a passkey alone: the device is one factor, the finger, face or
   * PIN that it insisted on another (NIST SP 800-63B-4, 3.1.6).
   *
   * @param options what was asked, of nobody in particular
   * @param answer what the browser answered, as JSON
   */
  Optional<StaffMember> signIn(
      PublicKeyCredentialRequestOptions options, String answer, @Nullable String ip) {
    var now = clock.instant();
    var member =
        owner(options, answer).flatMap(handle -> staff.active(RelyingParties.owner(handle), now));
    member.ifPresent(signedIn -> {
      staff.clearAttempts(signedIn.id(), now);
      record(signedIn, "staff.signed-in", ip, Map.of("factor", Factor.PASSKEY.name()));
    });
    return member;
  }

  private boolean isOf(
      StaffMember member, PublicKeyCredentialRequestOptions options, String answer) {
    return owner(options, answer).map(RelyingParties.handle(member.id())::equals).orElse(false);
  }

  private Optional<Bytes> owner(PublicKeyCredentialRequestOptions options, String answer) {
    return parties.shown(options, answer).map(RelyingParties.Shown::owner);
  }

  /** Forgets one of the member's passkeys. */
  void remove(StaffMember member, String id, @Nullable String ip) {
    if (store.remove(member.id(), Bytes.fromBase64(id))) {
      record(member, "staff.factor-removed", ip, Map.of("factor", Factor.PASSKEY.name()));
      mail.tell(member, "staff.factor.removed");
    }
  }

  private void record(
      StaffMember member, String action, @Nullable String ip, Map<String, String> facts) {
    audit.record(member.actor(), action, null, ip, facts);
  }
}

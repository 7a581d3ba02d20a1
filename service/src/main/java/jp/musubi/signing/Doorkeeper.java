package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.secrets.MailedSecrets;
import org.springframework.stereotype.Component;

/** Decides who comes in: by a link's secret, and afterwards by the session's grant. */
@Component
class Doorkeeper {
  private final Ceremony ceremony;
  private final Clock clock;

  Doorkeeper(Ceremony ceremony, Clock clock) {
    this.ceremony = ceremony;
    this.clock = clock;
  }

  /** Judges a mailed address. Changes nothing. */
  Admission judge(String linkId, String secret) {
    var visit = visit(linkId);
    if (visit.isEmpty() || !MailedSecrets.matches(secret, visit.get().link().secretHash())) {
      return new Admission.Shut(Admission.Reason.UNKNOWN, Optional.empty());
    }
    return judge(visit.get(), Grant.of(clock.instant()));
  }

  /** Judges a session that has shown the secret before. */
  Admission judge(String linkId, HttpServletRequest request) {
    var visit = visit(linkId);
    var grant = visit.flatMap(found -> Grants.of(request, found.link().id()));
    if (visit.isEmpty() || grant.isEmpty()) {
      return new Admission.Shut(Admission.Reason.NOT_ENTERED, Optional.empty());
    }
    return judge(visit.get(), grant.get());
  }

  private Admission judge(Visit visit, Grant grant) {
    var link = visit.link();
    if (link.revokedAt().isPresent()) {
      return new Admission.Shut(Admission.Reason.REVOKED, Optional.of(visit));
    }
    // A contract that has ended says so itself; that its link's time is over adds nothing.
    if (!link.isAlive(clock.instant()) && !visit.standing().isEnded()) {
      return new Admission.Shut(Admission.Reason.EXPIRED, Optional.of(visit));
    }
    return visit.isOpenTo(grant)
        ? new Admission.Admitted(visit, grant)
        : new Admission.CodeWanted(visit, grant);
  }

  private Optional<Visit> visit(String linkId) {
    return idOf(linkId).flatMap(ceremony::find);
  }

  /** The id that an address names, if it names one. */
  static Optional<UUID> idOf(String linkId) {
    try {
      return Optional.of(UUID.fromString(linkId));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}

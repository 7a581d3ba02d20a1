package jp.musubi.staff.sso;

import java.util.Map;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.staff.SignedInStaff;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** OwnLinks of members with the subjects of providers, as their owners see them. */
@Service
@Transactional
class OwnLinks {
  private final IdentityStore identities;
  private final AuditTrail audit;

  OwnLinks(IdentityStore identities, AuditTrail audit) {
    this.identities = identities;
    this.audit = audit;
  }

  boolean isLinked(SignedInStaff person) {
    return identities.isLinked(person.id());
  }

  void unlink(SignedInStaff person, String ip) {
    if (identities.unlink(person.id())) {
      audit.record(
          new Actor(Actor.Kind.STAFF, person.id().toString(), person.displayName()),
          "sso.unlinked",
          null,
          ip,
          Map.of());
    }
  }
}

package jp.musubi.staff;

import java.io.Serializable;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Bearer;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.TenantId;

/**
 * 職員. Who acts for a body.
 *
 * @param grants all they hold today, by themselves or by a post
 */
public record StaffMember(
    TenantId tenant,
    UUID id,
    String loginId,
    String name,
    String mail,
    UUID sectionId,
    Set<Grant> grants)
    implements Bearer, Serializable {

  /** Keeps its own copy of the grants. */
  public StaffMember {
    grants = Set.copyOf(grants);
  }

  /** The roles this member holds, wherever. */
  public Set<Role> roles() {
    return grants.stream().map(Grant::role).collect(Collectors.toUnmodifiableSet());
  }

  /** As the record names them. */
  public Actor actor() {
    return new Actor(Actor.Kind.STAFF, id.toString(), name);
  }
}

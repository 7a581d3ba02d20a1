package jp.musubi.staff;

import java.io.Serializable;
import java.util.Set;
import java.util.UUID;
import jp.musubi.platform.TenantId;

/** 職員. Who acts for a body. */
public record StaffMember(
    TenantId tenant,
    UUID id,
    String loginId,
    String name,
    String mail,
    UUID sectionId,
    Set<Role> roles)
    implements Serializable {

  /** Keeps its own copy of the roles. */
  public StaffMember {
    roles = Set.copyOf(roles);
  }

  /** Whether this member holds the role. */
  public boolean may(Role role) {
    return roles.contains(role);
  }
}

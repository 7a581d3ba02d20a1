package jp.musubi.staff;

import java.io.Serializable;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Bearer;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.SignedIn;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * サインイン中の職員 — the principal of a signed-in member of staff.
 *
 * @param member as read at the beginning of this request
 * @param bodyName name of the 団体
 * @param sectionName name of the 所属, from the top
 * @param since when the person signed in
 */
public record SignedInStaff(StaffMember member, String bodyName, String sectionName, Instant since)
    implements SignedIn, Bearer, AuthenticatedPrincipal, Serializable {

  @Override
  public UUID id() {
    return member.id();
  }

  @Override
  public UUID sectionId() {
    return member.sectionId();
  }

  @Override
  public Set<Grant> grants() {
    return member.grants();
  }

  @Override
  public String getName() {
    return member.id().toString();
  }

  @Override
  public String displayName() {
    return member.name();
  }

  @Override
  public Set<String> roleCodes() {
    return member.roles().stream().map(Role::name).collect(Collectors.toUnmodifiableSet());
  }
}

package jp.musubi.staff;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.authority.Bearer;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.SignedIn;
import org.springframework.security.core.AuthenticatedPrincipal;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * サインイン中の職員 — the principal of a signed-in member of staff.
 *
 * @param member as read at the beginning of this request
 * @param bodyName name of the 団体
 * @param sectionName name of the 所属, from the top
 * @param since when the person signed in
 * @param shown what the person has shown of themselves
 * @param complete whether that is enough; until then only the page for the second factor opens
 */
public record SignedInStaff(
    StaffMember member,
    String bodyName,
    String sectionName,
    Instant since,
    Set<Factor> shown,
    boolean complete)
    implements SignedIn, Bearer, AuthenticatedPrincipal, Serializable {

  /** Keeps its own copy of what was shown. */
  public SignedInStaff {
    shown = Set.copyOf(shown);
  }

  /** The same person, of whom one more thing is known; that completes it. */
  SignedInStaff with(Factor factor) {
    return new SignedInStaff(
        member,
        bodyName,
        sectionName,
        since,
        Stream.concat(shown.stream(), Stream.of(factor)).collect(Collectors.toUnmodifiableSet()),
        true);
  }

  /** The same sign-in with the member as they are recorded now. */
  SignedInStaff with(StaffMember today, String section) {
    return new SignedInStaff(today, bodyName, section, since, shown, complete);
  }

  /** What the person may do for now. */
  List<SimpleGrantedAuthority> authorities() {
    return List.of(complete ? SignInProvider.STAFF : SignInProvider.HALF);
  }

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

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
import jp.musubi.evidence.Actor;
import jp.musubi.platform.web.SessionEnd;
import jp.musubi.platform.web.SignedIn;
import org.jspecify.annotations.Nullable;
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
 * @param session the row of {@link StaffSessions}; null until complete
 * @param end when the session ends unless something is done; known within a request only
 */
public record SignedInStaff(
    StaffMember member,
    String bodyName,
    String sectionName,
    Instant since,
    Set<Factor> shown,
    boolean complete,
    @Nullable UUID session,
    @Nullable SessionEnd end)
    implements SignedIn, Bearer, AuthenticatedPrincipal, Serializable {

  /** Keeps its own copy of what was shown. */
  public SignedInStaff {
    shown = Set.copyOf(shown);
  }

  /** Somebody who has shown a first thing of themselves. */
  static SignedInStaff of(
      StaffMember member,
      String bodyName,
      String sectionName,
      Instant since,
      Factor shown,
      boolean complete) {
    return new SignedInStaff(
        member, bodyName, sectionName, since, Set.of(shown), complete, null, null);
  }

  /** The same person, of whom one more thing is known; that completes it. */
  SignedInStaff with(Factor factor) {
    return new SignedInStaff(
        member,
        bodyName,
        sectionName,
        since,
        Stream.concat(shown.stream(), Stream.of(factor)).collect(Collectors.toUnmodifiableSet()),
        true,
        session,
        null);
  }

  /** The same person in a session of their own. */
  SignedInStaff in(UUID begun) {
    return new SignedInStaff(member, bodyName, sectionName, since, shown, complete, begun, null);
  }

  /** The same sign-in with the member as they are recorded now. */
  SignedInStaff with(StaffMember today, String section, @Nullable SessionEnd ends) {
    return new SignedInStaff(today, bodyName, section, since, shown, complete, session, ends);
  }

  /** The person as the audit chain names them: those who run the service are told apart. */
  Actor actor() {
    var operates = member.roles().stream().anyMatch(Role::isOfTheOperator);
    return new Actor(
        operates ? Actor.Kind.OPERATOR : Actor.Kind.STAFF, member.id().toString(), member.name());
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
  public @Nullable SessionEnd sessionEnd() {
    return end;
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

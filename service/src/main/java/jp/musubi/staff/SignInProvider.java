package jp.musubi.staff;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.access.AddressGate;
import jp.musubi.access.Audience;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Checks the three lines of the sign-in page: body, login id, password. */
@Component
class SignInProvider implements AuthenticationProvider {
  /** What every signed-in member of staff may: use the staff's pages. */
  static final SimpleGrantedAuthority STAFF = new SimpleGrantedAuthority("ROLE_STAFF");

  /** Of somebody whose second factor is still wanted: to show it. */
  static final SimpleGrantedAuthority HALF = new SimpleGrantedAuthority("ROLE_HALF");

  private final Organisations organisations;
  private final Staff staff;
  private final SecondFactors factors;
  private final StaffSessions sessions;
  private final AddressGate gate;
  private final Clock clock;

  SignInProvider(
      Organisations organisations,
      Staff staff,
      SecondFactors factors,
      StaffSessions sessions,
      AddressGate gate,
      Clock clock) {
    this.organisations = organisations;
    this.staff = staff;
    this.factors = factors;
    this.sessions = sessions;
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public Authentication authenticate(Authentication asked) {
    var details = (SignInDetails) Objects.requireNonNull(asked.getDetails());
    var password = String.valueOf(asked.getCredentials());
    var body =
        organisations
            .bodyByCode(details.bodyCode())
            .filter(found -> found.isUsableOn(organisations.today()));
    if (body.isEmpty()) {
      staff.pretend(password);
      throw new BadCredentialsException("refused");
    }
    // Before the password: from elsewhere nobody finds out whether it is right.
    if (!Tenancy.in(
        body.get().id(), () -> gate.admits(Audience.STAFF, details.ip(), AddressGate.SOMEBODY))) {
      throw new PlaceNotAllowed();
    }
    var person =
        in(body.get(), asked.getName(), password, details)
            .orElseThrow(() -> new BadCredentialsException("refused"));
    var answer =
        UsernamePasswordAuthenticationToken.authenticated(person, null, person.authorities());
    answer.setDetails(details);
    return answer;
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  private Optional<SignedInStaff> in(
      Body body, String loginId, String password, SignInDetails details) {
    return Tenancy.in(
        body.id(),
        () ->
            staff
                .signIn(loginId.strip(), password, details.ip())
                .map(member -> begun(body, member, details)));
  }

  private SignedInStaff begun(Body body, StaffMember member, SignInDetails details) {
    var person =
        SignedInStaff.of(
            member,
            body.name(),
            staff.sectionName(member),
            clock.instant(),
            Factor.PASSWORD,
            !factors.registered(member));
    return person.complete()
        ? person.in(sessions.begin(member, person.shown(), details.device(), details.ip()))
        : person;
  }
}

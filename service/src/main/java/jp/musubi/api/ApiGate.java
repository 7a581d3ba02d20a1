package jp.musubi.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.access.AddressGate;
import jp.musubi.access.Audience;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.Circumstances;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.Staff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * APIの門. Lets a program in by its key alone: no cookie, no session, nobody signed in. Asks at each
 * call where it comes from, whether it still may, how often it came, and what its 責任者 may today.
 */
final class ApiGate extends OncePerRequestFilter {
  private static final String REFUSED = "api.refused";

  private final Programs programs;
  private final Organisations organisations;
  private final AddressGate addresses;
  private final Staff staff;
  private final CallRecord record;
  private final ApiAnswers answers;

  ApiGate(
      Programs programs,
      Organisations organisations,
      AddressGate addresses,
      Staff staff,
      CallRecord record,
      ApiAnswers answers) {
    this.programs = programs;
    this.organisations = organisations;
    this.addresses = addresses;
    this.staff = staff;
    this.record = record;
    this.answers = answers;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request
        .getRequestURI()
        .substring(request.getContextPath().length())
        .equals(OpenApiController.PATH);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var header = Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
    var key = ProgramKey.in(header);
    if (key.isEmpty()) {
      answers.tell(request, response, ApiProblem.KEY_MISSING, Map.of());
      return;
    }
    var body = organisations.bodyByCode(key.get().body());
    if (body.isEmpty()) {
      answers.tell(request, response, ApiProblem.KEY_UNKNOWN, Map.of());
      return;
    }
    Tenancy.<Boolean, Failed>in(
        body.get().id(),
        () -> {
          try {
            enter(key.get(), request, response, chain);
            return true;
          } catch (ServletException | IOException e) {
            throw new Failed(e);
          }
        });
  }

  private void enter(
      ProgramKey key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var from = request.getRemoteAddr();
    // Before the key is looked at, so that from elsewhere nobody learns whether it is one.
    if (!addresses.admits(Audience.API, from, AddressGate.SOMEBODY)) {
      answers.tell(request, response, ApiProblem.PLACE_NOT_ALLOWED, Map.of());
      return;
    }
    switch (programs.recognise(key)) {
      case Programs.Recognised.Unknown _ ->
          refuse(AddressGate.SOMEBODY, ApiProblem.KEY_UNKNOWN, request, response);
      case Programs.Recognised.Replaced(var program) ->
          refuse(program.actor(), ApiProblem.KEY_REPLACED, request, response);
      case Programs.Recognised.Over(var program, var standing) ->
          refuse(
              program.actor(),
              standing == Program.Standing.ENDED
                  ? ApiProblem.PROGRAM_ENDED
                  : ApiProblem.PROGRAM_EXPIRED,
              request,
              response);
      case Programs.Recognised.As(var program) -> admit(program, key, request, response, chain);
    }
  }

  private void admit(
      Program program,
      ProgramKey key,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws ServletException, IOException {
    var from = request.getRemoteAddr();
    if (!program.admits(from)) {
      refuse(program.actor(), ApiProblem.PLACE_NOT_ALLOWED, request, response);
      return;
    }
    // After the body's term of use nobody of it signs in, nor does what works for one of them.
    if (!programs.mayBeUsed()) {
      refuse(program.actor(), ApiProblem.PROGRAM_EXPIRED, request, response);
      return;
    }
    Optional<Duration> pause = programs.tooOften(program, from);
    if (pause.isPresent()) {
      response.setHeader(
          HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, pause.get().toSeconds() + 1)));
      refuse(program.actor(), ApiProblem.TOO_MANY, request, response);
      return;
    }
    var responsible = staff.active(program.responsible());
    if (responsible.isEmpty()) {
      refuse(program.actor(), ApiProblem.NOBODY_RESPONSIBLE, request, response);
      return;
    }
    work(new Caller(program, key, acting(responsible.get(), program)), request, response, chain);
  }

  private StaffMember acting(StaffMember person, Program program) {
    return new StaffMember(
        person.tenant(),
        person.id(),
        person.loginId(),
        person.name(),
        person.mail(),
        person.sectionId(),
        Rights.of(person, program, organisations::pathOf));
  }

  private void work(
      Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    SecurityContextHolder.setContext(
        new SecurityContextImpl(
            UsernamePasswordAuthenticationToken.authenticated(caller, null, java.util.List.of())));
    var roles =
        caller.grants().stream().map(grant -> grant.role().name()).collect(Collectors.toSet());
    Circumstances.onBehalf(
            caller.program().actor(), caller.acting().actor(), roles, request.getRemoteAddr())
        .<Boolean, Failed>in(() -> {
          try {
            chain.doFilter(request, response);
            record.answered(request, response.getStatus());
            return true;
          } catch (ServletException | IOException e) {
            throw new Failed(e);
          }
        });
  }

  /** Whoever is not let in goes on record now and then: a stranger must not fill the chain. */
  private void refuse(
      Actor who, ApiProblem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    addresses.refused(
        Audience.API,
        request.getRemoteAddr(),
        who,
        REFUSED,
        Map.of("method", request.getMethod(), "reason", problem.code()));
    answers.tell(request, response, problem, Map.of());
  }

  /** Carries a checked exception through {@link Tenancy#in}. */
  private static final class Failed extends ServletException {
    Failed(Exception cause) {
      super(cause);
    }
  }
}

package jp.musubi.seal.remote;

import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import jp.musubi.seal.SealException;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.timestamp.TokenRefusal;

/** One authority among several: whether it is asked, and how it has been. */
final class Attendance {
  /** The same alarm is not raised again before this has passed. */
  private static final Duration SILENCE = Duration.ofHours(1);

  private final HttpTimestampAuthority authority;
  private final Clock clock;
  private final Consumer<TimestampAlarm> alarms;
  private final Map<String, Instant> raised = new HashMap<>();

  private Circuit circuit = Circuit.wellAtFirst();
  private Quota quota;
  private Optional<Instant> lastToken = Optional.empty();
  private Optional<Instant> lastFailure = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private Optional<Instant> pathEnd = Optional.empty();

  Attendance(
      HttpTimestampAuthority authority, Quota quota, Clock clock, Consumer<TimestampAlarm> alarms) {
    this.authority = authority;
    this.quota = quota;
    this.clock = clock;
    this.alarms = alarms;
  }

  /** What came of a try, for whoever goes on to the next. */
  sealed interface Try {
    record Given(TimestampToken token) implements Try {}

    record Failed(SealException why) implements Try {}
  }

  /** How a call may be made. */
  enum Admission {
    /** As usual. */
    FREE,
    /** To see whether it is well again. */
    PROBE,
    /** Not now. */
    NONE
  }

  /** Takes a place for one call. {@link #ask} must follow unless there is none. */
  synchronized Admission enter(boolean mayProbe) {
    var now = clock.instant();
    var next = circuit.admit(now);
    var probe = next.filter(Circuit.Probing.class::isInstance).isPresent();
    if (next.isEmpty() || (probe && !mayProbe)) {
      return Admission.NONE;
    }
    var taken = quota.take(now);
    if (taken.isEmpty()) {
      return Admission.NONE;
    }
    quota = taken.get();
    circuit = next.get();
    return probe ? Admission.PROBE : Admission.FREE;
  }

  Try ask(byte[] imprint) {
    var outcome = authority.ask(imprint);
    var now = clock.instant();
    return switch (outcome) {
      case Outcome.Given given -> {
        given(given, now);
        yield new Try.Given(given.verified().token());
      }
      case Outcome.Refused refused -> {
        var why = Outcome.failure(authority.address(), refused);
        refused(refused, why, now);
        yield new Try.Failed(why);
      }
      case Outcome.Silent silent -> {
        var why = Outcome.failure(authority.address(), silent);
        failed(
            before ->
                silent
                    .pause()
                    .map(pause -> before.toldToWait(now, pause))
                    .orElseGet(() -> before.failed(now)),
            why,
            now);
        yield new Try.Failed(why);
      }
    };
  }

  private void given(Outcome.Given given, Instant now) {
    synchronized (this) {
      circuit = circuit.succeeded();
      lastToken = Optional.of(now);
      pathEnd =
          given.verified().token().path().stream()
              .map(X509Certificate::getNotAfter)
              .map(java.util.Date::toInstant)
              .min(Instant::compareTo);
    }
    for (var concern : given.verified().concerns()) {
      raise(
          concern.getClass().getSimpleName(),
          new TimestampAlarm.Concerned(authority.address(), concern),
          now);
    }
  }

  private void refused(Outcome.Refused refused, SealException why, Instant now) {
    var reason = refused.why().reason();
    if (reason == TokenRefusal.REVOCATION_UNKNOWN) {
      // Not the authority's fault: whoever knows about revocation does not answer.
      failed(Circuit::succeeded, why, now);
    } else if (reason.isOutage()) {
      failed(before -> before.failed(now), why, now);
    } else {
      failed(before -> before.betrayed(now), why, now);
      raise(
          reason.name(),
          new TimestampAlarm.Untrusted(authority.address(), reason, refused.why().detail()),
          now);
    }
  }

  private void failed(UnaryOperator<Circuit> step, SealException why, Instant now) {
    Circuit next;
    synchronized (this) {
      next = step.apply(circuit);
      circuit = next;
      lastFailure = Optional.of(now);
      failure = Optional.ofNullable(why.getMessage());
    }
    if (next instanceof Circuit.Open(var until, _)) {
      raise(
          "shut",
          new TimestampAlarm.Shut(authority.address(), until, String.valueOf(why.getMessage())),
          now);
    }
  }

  private void raise(String kind, TimestampAlarm alarm, Instant now) {
    synchronized (this) {
      var before = raised.get(kind);
      if (before != null && now.isBefore(before.plus(SILENCE))) {
        return;
      }
      raised.put(kind, now);
    }
    alarms.accept(alarm);
  }

  /** Why it was not asked. */
  synchronized String absence() {
    var now = clock.instant();
    return switch (circuit) {
      case Circuit.Open(var until, _) when now.isBefore(until) ->
          "%s is not asked until %s (%s)"
              .formatted(authority.address(), until, failure.orElse("no reason known"));
      case Circuit.Probing _ -> "%s is being tried".formatted(authority.address());
      case Circuit.Open _, Circuit.Closed _ ->
          "%s: quota used up until %s".formatted(authority.address(), quota.next(now));
    };
  }

  synchronized AuthorityHealth health() {
    return new AuthorityHealth(
        authority.address(),
        lastToken,
        lastFailure,
        failure,
        circuit instanceof Circuit.Open(var until, _) ? Optional.of(until) : Optional.empty(),
        pathEnd);
  }
}

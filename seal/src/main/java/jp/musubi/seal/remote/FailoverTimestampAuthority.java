package jp.musubi.seal.remote;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.SealException;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import jp.musubi.seal.TimestampUnavailable;

/**
 * Several authorities in order of preference. Each has its circuit breaker and its quota; one that
 * fails is left alone for a while and then tried by a single call, and no call tries more than one:
 * nobody pays for two outages.
 */
public final class FailoverTimestampAuthority implements TimestampAuthority {
  private final List<HttpTimestampAuthority> authorities;
  private final List<Attendance> members;
  private final SecureRandom random = new SecureRandom();

  /**
   * Authorities.
   *
   * @param authorities the preferred one first; all by the same imprint algorithm
   * @param burst calls to one authority that may come at once
   * @param interval after which one more call to it may come
   * @param alarms what an operator should hear; called on the caller's thread, the same alarm once
   *     an hour at most
   */
  public FailoverTimestampAuthority(
      List<HttpTimestampAuthority> authorities,
      int burst,
      Duration interval,
      Clock clock,
      Consumer<TimestampAlarm> alarms) {
    if (authorities.stream().map(TimestampAuthority::imprintAlgorithm).distinct().count() != 1) {
      throw new IllegalArgumentException("authorities of one imprint algorithm, at least one");
    }
    this.authorities = List.copyOf(authorities);
    var now = clock.instant();
    this.members =
        authorities.stream()
            .map(one -> new Attendance(one, Quota.full(burst, interval, now), clock, alarms))
            .toList();
  }

  @Override
  public ImprintAlgorithm imprintAlgorithm() {
    return authorities.getFirst().imprintAlgorithm();
  }

  @Override
  public TimestampToken timestamp(byte[] imprint) {
    var failures = new ArrayList<SealException>();
    var mayProbe = true;
    for (var member : members) {
      var admission = member.enter(mayProbe);
      if (admission == Attendance.Admission.NONE) {
        continue;
      }
      mayProbe &= admission == Attendance.Admission.FREE;
      switch (member.ask(imprint)) {
        case Attendance.Try.Given(var token) -> {
          return token;
        }
        case Attendance.Try.Failed(var why) -> failures.add(why);
      }
    }
    throw failure(failures);
  }

  private SealException failure(List<SealException> failures) {
    if (failures.isEmpty()) {
      return new TimestampUnavailable(
          String.join("; ", members.stream().map(Attendance::absence).toList()), null);
    }
    var last = failures.removeLast();
    failures.forEach(last::addSuppressed);
    return last;
  }

  /**
   * Asks for a real token wherever none came since, standby authorities included.
   *
   * @param since an authority that gave a token after this is not bothered
   */
  public List<AuthorityHealth> probe(Instant since) {
    for (var member : members) {
      var known = member.health().lastToken().filter(token -> token.isAfter(since)).isPresent();
      if (!known && member.enter(true) != Attendance.Admission.NONE) {
        var imprint = new byte[imprintAlgorithm().length()];
        random.nextBytes(imprint);
        member.ask(imprint);
      }
    }
    return health();
  }

  /** How the authorities have been lately. Asks nobody. */
  public List<AuthorityHealth> health() {
    return members.stream().map(Attendance::health).toList();
  }
}

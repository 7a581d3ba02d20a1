package jp.musubi.seal.timestamp;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.TimestampToken;

/**
 * Everything that can be said of an authority's answer without asking anybody (SIG-12; RFC 3161,
 * 2.4.2; RFC 5816): form, status, statement against request, clock, signer's certificate and path,
 * signature. Safe for use by several threads.
 */
public final class TokenChecks {
  private static final Duration ALARMING_SKEW = Duration.ofSeconds(5);

  /** 十年 (S-06). */
  private static final int SHORTEST_LIFE_MONTHS = 120;

  private final InfoChecks statements;
  private final AuthorityCertificates certificates;

  /**
   * Checks for one authority.
   *
   * @param policies dotted identifiers of acceptable policies; empty accepts any
   * @param anchors roots that the authority's certificate must lead to
   */
  public TokenChecks(Collection<String> policies, Collection<X509Certificate> anchors) {
    this.statements = new InfoChecks(Set.copyOf(policies));
    this.certificates = new AuthorityCertificates(anchors);
  }

  /**
   * The verdict on an answer.
   *
   * @param bytes the answer, as it came
   * @param now our own clock's time
   */
  public TokenVerdict check(byte[] bytes, TokenRequest asked, Instant now) {
    return switch (Answer.read(bytes)) {
      case Answer.Reading.Unreadable(var why) -> why;
      case Answer.Reading.Read(var answer) -> check(answer, asked, now);
    };
  }

  private TokenVerdict check(Answer answer, TokenRequest asked, Instant now) {
    var refused = statements.check(answer.info(), asked, now);
    if (refused.isPresent()) {
      return refused.get();
    }
    var time = InfoChecks.time(answer.info()).orElseThrow();
    return switch (certificates.path(answer.certificates(), answer.signer().getSID(), time)) {
      case AuthorityCertificates.Search.None(var why) -> why;
      case AuthorityCertificates.Search.Found(var path) ->
          SignerChecks.check(answer.info(), answer.signer(), path)
              .<TokenVerdict>map(why -> why)
              .orElseGet(() -> verified(answer, time, path, now));
    };
  }

  private static TokenVerdict verified(
      Answer answer, Instant time, AuthorityCertificates.Path path, Instant now) {
    try {
      return new TokenVerdict.Verified(
          new TimestampToken(
              answer.token().getEncoded(),
              time,
              answer.info().getSerialNumber().getValue(),
              path.certificates()),
          concerns(time, path, now));
    } catch (IOException e) {
      return new TokenVerdict.Refused(TokenRefusal.NOT_DER, String.valueOf(e.getMessage()));
    }
  }

  private static List<TokenConcern> concerns(
      Instant time, AuthorityCertificates.Path path, Instant now) {
    var concerns = new ArrayList<TokenConcern>();
    var skew = Duration.between(now, time);
    if (skew.abs().compareTo(ALARMING_SKEW) > 0) {
      concerns.add(new TokenConcern.ClockDrift(skew));
    }
    // Months are counted in UTC, as certificates are.
    var needed = time.atOffset(ZoneOffset.UTC).plusMonths(SHORTEST_LIFE_MONTHS).toInstant();
    if (path.until().isBefore(needed)) {
      concerns.add(new TokenConcern.ShortLife(path.until()));
    }
    return concerns;
  }
}

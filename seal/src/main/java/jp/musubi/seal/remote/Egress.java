package jp.musubi.seal.remote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The one way out: HTTP to hosts on a list and nobody else, with a deadline for the whole exchange,
 * a cap on the answer, no redirects, no cookies and no credentials. An address in a certificate
 * must not make the service call whomever the certificate's author likes.
 */
final class Egress {
  private final HttpClient http;
  private final Set<String> hosts;
  private final Clock clock;
  private final Duration deadline;
  private final int largest;

  /**
   * A way out.
   *
   * @param hosts names of any port, or a name, a colon and a port; names and addresses that are not
   *     listed are not called, loopback and private ones included
   * @param largest bytes of an answer's body
   */
  Egress(Collection<String> hosts, Clock clock, Duration deadline, int largest) {
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(deadline)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.hosts =
        hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    this.clock = clock;
    this.deadline = deadline;
    this.largest = largest;
  }

  /** Whether an address may be called. */
  boolean allows(URI address) {
    if (address.getHost() == null || address.getUserInfo() != null) {
      return false;
    }
    var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return false;
    }
    var host = address.getHost().toLowerCase(Locale.ROOT);
    var standard = scheme.equals("http") ? 80 : 443;
    var port = address.getPort() < 0 ? standard : address.getPort();
    return hosts.contains(host) || hosts.contains(host + ":" + port);
  }

  byte[] post(URI address, String mediaType, byte[] body, String accepted) throws IOException {
    return send(
        HttpRequest.newBuilder(permitted(address))
            .header("Content-Type", mediaType)
            .header("Accept", accepted)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
        Optional.of(accepted));
  }

  byte[] get(URI address) throws IOException {
    return send(HttpRequest.newBuilder(permitted(address)).GET(), Optional.empty());
  }

  private URI permitted(URI address) throws RemoteFailure {
    if (!allows(address)) {
      throw new RemoteFailure(
          "%s is not on the list of hosts".formatted(address), (Throwable) null);
    }
    return address;
  }

  private byte[] send(HttpRequest.Builder request, Optional<String> type) throws IOException {
    var exchange =
        http.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), largest));
    try {
      return body(exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS), type);
    } catch (TimeoutException e) {
      throw new RemoteFailure("no answer within " + deadline, e);
    } catch (ExecutionException e) {
      throw new RemoteFailure(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RemoteFailure("interrupted", e);
    } finally {
      // Ends the exchange when it is still under way: a body that drips does not keep a connection.
      exchange.cancel(true);
    }
  }

  private byte[] body(HttpResponse<byte[]> response, Optional<String> type) throws RemoteFailure {
    if (response.statusCode() != 200) {
      var message = "status %d (expected: 200)".formatted(response.statusCode());
      var pause =
          response.statusCode() == 429 || response.statusCode() == 503
              ? pause(response)
              : Optional.<Duration>empty();
      throw pause
          .map(wait -> new RemoteFailure(message + ", again after " + wait, wait))
          .orElseGet(() -> new RemoteFailure(message, (Throwable) null));
    }
    var given = response.headers().firstValue("Content-Type").orElse("none");
    if (type.isPresent() && !given.split(";", 2)[0].strip().equalsIgnoreCase(type.get())) {
      throw new RemoteFailure(
          "content type %s (expected: %s)".formatted(given, type.get()), (Throwable) null);
    }
    return response.body();
  }

  /** Retry-After (RFC 9110, 10.2.3): seconds, or a date. */
  private Optional<Duration> pause(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").flatMap(this::pause);
  }

  private Optional<Duration> pause(String value) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      var until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      var pause = Duration.between(clock.instant(), until);
      return pause.isNegative() ? Optional.empty() : Optional.of(pause);
    } catch (DateTimeParseException e) {
      // Neither form: our own pause is used.
      return Optional.empty();
    }
  }
}

package jp.musubi.notification;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateway that is configured: {@code POST} of {@code {"id", "to", "text"}}. The id is the
 * Idempotency-Key too, so that a message whose answer was lost is not sent twice.
 */
final class HttpSmsGateway implements SmsGateway {
  private static final Duration CONNECTING = Duration.ofSeconds(5);

  /** Refusals that may be over soon: too early, too many (RFC 9110, RFC 6585). */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final SmsSettings settings;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECTING)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final JsonMapper json = JsonMapper.builder().build();

  HttpSmsGateway(SmsSettings settings) {
    this.settings = settings;
  }

  @Override
  public boolean isConfigured() {
    return settings.url() != null;
  }

  @Override
  public Answer hand(UUID id, String phone, String text) {
    var url = settings.url();
    if (url == null) {
      return new Answer.Never("musubi.sms.url is not set");
    }
    try {
      var answer = http.send(request(url, id, phone, text), HttpResponse.BodyHandlers.discarding());
      var status = answer.statusCode();
      if (status >= 200 && status < 300) {
        return new Answer.Taken();
      }
      var why = "HTTP " + status;
      return status >= 400 && status < 500 && !PASSING.contains(status)
          ? new Answer.Never(why)
          : new Answer.NotNow(why);
    } catch (IOException e) {
      return new Answer.NotNow(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.NotNow("interrupted");
    }
  }

  private HttpRequest request(URI url, UUID id, String phone, String text) throws IOException {
    var body = json.writeValueAsString(Map.of("id", id.toString(), "to", phone, "text", text));
    var request =
        HttpRequest.newBuilder(url)
            .timeout(settings.deadline())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", id.toString())
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (settings.tokenFile() != null) {
      var token = Files.readAllLines(settings.tokenFile()).getFirst().strip();
      request.header("Authorization", "Bearer " + token);
    }
    return request.build();
  }
}

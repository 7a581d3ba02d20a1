package jp.musubi.seal.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one way out: HTTP with a deadline for the whole exchange, a cap on the answer, no redirects
 * and no cookies.
 */
final class Egress {
  private final HttpClient http;
  private final Duration deadline;
  private final int largest;

  Egress(Duration deadline, int largest) {
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(deadline)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.deadline = deadline;
    this.largest = largest;
  }

  byte[] post(URI address, String mediaType, byte[] body, String accepted) throws IOException {
    return send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", mediaType)
            .header("Accept", accepted)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  byte[] get(URI address) throws IOException {
    return send(HttpRequest.newBuilder(address).GET());
  }

  private byte[] send(HttpRequest.Builder request) throws IOException {
    var answer =
        http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
            .thenCompose(response -> CompletableFuture.supplyAsync(() -> read(response)));
    try {
      return answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("no answer within " + deadline, e);
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private byte[] read(HttpResponse<InputStream> response) {
    try (var in = response.body()) {
      if (response.statusCode() != 200) {
        throw new java.io.UncheckedIOException(
            new IOException("status %d (expected: 200)".formatted(response.statusCode())));
      }
      var bytes = in.readNBytes(largest + 1);
      if (bytes.length > largest) {
        throw new java.io.UncheckedIOException(
            new IOException("answer larger than %d bytes".formatted(largest)));
      }
      return bytes;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

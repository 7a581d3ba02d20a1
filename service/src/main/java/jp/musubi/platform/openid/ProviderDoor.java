package jp.musubi.platform.openid;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;

/**
 * 提供者への戸口. The one way to a provider: https to public addresses of the hosts that were set up, no
 * redirects, a deadline, a cap on the answer (ASVS 13.2.4, 13.2.5). What an administrator types
 * must not make the service call its own neighbours; hosts inside need the operator's word.
 */
@Component
public class ProviderDoor {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int LARGEST = 512 * 1024;

  private final Set<String> internalHosts;
  private final ClientHttpRequestFactory requests;

  ProviderDoor(@Value("${musubi.sso.internal-hosts:}") List<String> internalHosts) {
    this.internalHosts =
        internalHosts.stream()
            .map(host -> host.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    var factory =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .connectTimeout(DEADLINE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    factory.setReadTimeout(DEADLINE);
    this.requests = factory;
  }

  /** How requests are made. */
  ClientHttpRequestFactory requests() {
    return requests;
  }

  /** Looks at every request before it leaves, and at the length of its answer. */
  ClientHttpRequestInterceptor guard(Set<String> hosts) {
    return (request, body, execution) -> {
      var host = request.getURI().getHost();
      if (host == null || !hosts.contains(host)) {
        throw new IOException("%s is not a host of this provider".formatted(host));
      }
      var reason = refusal(request.getURI());
      if (reason != null) {
        throw new IOException(reason);
      }
      return new Capped(execution.execute(request, body));
    };
  }

  /**
   * Fails unless the address may be called.
   *
   * @throws OpenIdFailure with what is wrong with it
   */
  void check(URI address) throws OpenIdFailure {
    var reason = refusal(address);
    if (reason != null) {
      throw new OpenIdFailure(OpenIdFailure.Why.NOT_REACHABLE, reason);
    }
  }

  // The addresses are looked up here and again on connecting. Between the two a name may change to
  // an address inside; the certificate of https then does not fit, and nothing is sent.
  private @Nullable String refusal(URI address) {
    if (address.getHost() == null || address.getUserInfo() != null) {
      return address + " names no host, or more than one";
    }
    var host = address.getHost().toLowerCase(Locale.ROOT);
    var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    var internal = internalHosts.contains(host);
    if (!scheme.equals("https") && !(scheme.equals("http") && internal)) {
      return address + " is not https";
    }
    try {
      var found = List.of(InetAddress.getAllByName(stripBrackets(host)));
      if (scheme.equals("http") && !found.stream().allMatch(InetAddress::isLoopbackAddress)) {
        return address + " is not https";
      }
      return internal || found.stream().allMatch(ProviderDoor::isPublic)
          ? null
          : host + " has an address that is not public";
    } catch (UnknownHostException e) {
      return host + " is not known";
    }
  }

  private static String stripBrackets(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether the address belongs to the public Internet (RFC 6890). */
  static boolean isPublic(InetAddress address) {
    var bytes = address.getAddress();
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    if (bytes.length == 4) {
      return isPublic(bytes[0] & 0xff, bytes[1] & 0xff);
    }
    // Global unicast is 2000::/3; of it, 2001::/23 and 6to4 lead elsewhere.
    var tunnels =
        Arrays.equals(bytes, 0, 2, new byte[] {0x20, 0x02}, 0, 2)
            || (bytes[0] == 0x20 && bytes[1] == 0x01 && (bytes[2] & 0xfe) == 0);
    return (bytes[0] & 0xe0) == 0x20 && !tunnels;
  }

  private static boolean isPublic(int first, int second) {
    return first != 0
        && first < 240
        // Shared address space of carriers, benchmarks, and protocol assignments.
        && !(first == 100 && second >= 64 && second < 128)
        && !(first == 198 && (second == 18 || second == 19))
        && !(first == 192 && second == 0);
  }

  /** An answer that ends with an error where it becomes too long. */
  private record Capped(ClientHttpResponse answer) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() throws IOException {
      return answer.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
      return answer.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
      return answer.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
      return new CappedStream(answer.getBody());
    }

    @Override
    public void close() {
      answer.close();
    }
  }

  private static final class CappedStream extends FilterInputStream {
    private int left = LARGEST;

    CappedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return counted(super.read(), 1);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      var read = super.read(into, offset, length);
      return counted(read, read);
    }

    private int counted(int answer, int bytes) throws IOException {
      if (answer >= 0) {
        left -= bytes;
        if (left < 0) {
          throw new IOException("the answer is longer than %d bytes".formatted(LARGEST));
        }
      }
      return answer;
    }
  }
}

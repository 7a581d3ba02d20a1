package jp.musubi.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * 入口の一覧: the name in the Internet, and the one in LGWAN where a relay stands before the service
 * (G-01, LAW-16). A request's Host only chooses between these two; it is written into no page, mail
 * or address, since anybody can send any.
 */
@Component
public final class Entrances {
  private final Entrance internet;
  private final Optional<Entrance> lgwan;

  Entrances(
      @Value("${musubi.public-url:http://localhost:8080}") URI internet,
      @Value("${musubi.lgwan-url:}") String lgwan) {
    this.internet = new Entrance(Entrance.Side.INTERNET, internet);
    this.lgwan =
        lgwan.isBlank()
            ? Optional.empty()
            : Optional.of(new Entrance(Entrance.Side.LGWAN, lgwan(lgwan.strip())));
  }

  private static URI lgwan(String typed) {
    var address = URI.create(typed);
    if (address.getHost() == null || address.getScheme() == null) {
      throw new IllegalArgumentException("musubi.lgwan-url: no address: " + typed);
    }
    return address;
  }

  /** The one that counterparties and the public are told. */
  public Entrance internet() {
    return internet;
  }

  /** The one in LGWAN, if there is one. */
  public Optional<Entrance> lgwan() {
    return lgwan;
  }

  /** All of them. */
  public Stream<Entrance> all() {
    return Stream.concat(Stream.of(internet), lgwan.stream());
  }

  /** By which one this request came; a name that is not ours counts as the Internet's. */
  public Entrance of(HttpServletRequest request) {
    var host = request.getHeader("Host");
    return host == null
        ? internet
        : lgwan.filter(entrance -> isNamed(entrance, host)).orElse(internet);
  }

  /** The one on this side; the Internet's where LGWAN has none, or none any more. */
  public Entrance on(Entrance.Side side) {
    return side == Entrance.Side.LGWAN ? lgwan.orElse(internet) : internet;
  }

  // A relay may write the port that browsers leave out.
  private static boolean isNamed(Entrance entrance, String host) {
    var named = host.toLowerCase(Locale.ROOT);
    return named.equals(entrance.authority())
        || (entrance.address().getPort() < 0 && named.equals(entrance.authority() + ":443"));
  }
}

package jp.musubi.platform.web;

import java.net.URI;
import java.util.Locale;

/**
 * 入口. A name by which the service is reached.
 *
 * @param address scheme, host and port; nothing behind them
 */
public record Entrance(Side side, URI address) {

  /** The network from which one comes in. */
  public enum Side {
    /** The service's own name. */
    INTERNET,
    /** The name of a relay in LGWAN (LGWAN-ASP) that stands before the service. */
    LGWAN
  }

  /** Host and port, as a browser's Host header has them. */
  public String authority() {
    return address.getAuthority().toLowerCase(Locale.ROOT);
  }

  /** The host alone: what a passkey is bound to (WebAuthn, relying party identifier). */
  public String host() {
    return address.getHost().toLowerCase(Locale.ROOT);
  }

  /** As a browser names where a page came from (RFC 6454). */
  public String origin() {
    return address.getScheme() + "://" + authority();
  }

  /** The whole address of a page of ours. */
  public String at(String path) {
    return address.resolve(path).toString();
  }
}

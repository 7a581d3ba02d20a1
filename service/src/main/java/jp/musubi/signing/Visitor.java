package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jp.musubi.platform.web.UserAgent;

/**
 * From where somebody comes.
 *
 * @param clientIp as the container sees it, through trusted proxies only
 * @param userAgent as the browser says, shortened
 */
record Visitor(String clientIp, String userAgent) {
  static Visitor of(HttpServletRequest request) {
    return new Visitor(request.getRemoteAddr(), UserAgent.of(request));
  }
}

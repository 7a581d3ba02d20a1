package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;

/**
 * From where somebody comes.
 *
 * @param clientIp as the container sees it, through trusted proxies only
 * @param userAgent as the browser says, shortened
 */
record Visitor(String clientIp, String userAgent) {
  private static final int LONGEST = 300;

  static Visitor of(HttpServletRequest request) {
    var agent = request.getHeader("User-Agent");
    var plain = agent == null ? "" : agent.replaceAll("\\p{Cc}", " ").strip();
    return new Visitor(
        request.getRemoteAddr(), plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain);
  }
}

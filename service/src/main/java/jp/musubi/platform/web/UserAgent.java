package jp.musubi.platform.web;

import jakarta.servlet.http.HttpServletRequest;

/** What a browser says of itself: shortened, on one line, and never believed. */
public final class UserAgent {
  private static final int LONGEST = 300;

  private UserAgent() {}

  /** Of a request; empty where it says nothing. */
  public static String of(HttpServletRequest request) {
    var agent = request.getHeader("User-Agent");
    var plain = agent == null ? "" : agent.replaceAll("\\p{Cc}", " ").strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
  }
}

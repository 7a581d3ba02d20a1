package jp.musubi.platform.web;

import org.springframework.core.env.Environment;

/** The address the service is reached by, from {@code musubi.public-url}. */
public final class PublicUrl {

  private PublicUrl() {}

  /** Whether people reach the service by https; cookies and headers are stricter then. */
  public static boolean isSecure(Environment environment) {
    return environment.getProperty("musubi.public-url", "http://localhost").startsWith("https://");
  }
}

package jp.musubi.api;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the API takes.
 *
 * @param callsPerMinute most calls of one program within a minute
 * @param webhookLoopback whether events may go to {@code http://127.0.0.1}, for trying things out
 */
@ConfigurationProperties("musubi.api")
record ApiSettings(
    @DefaultValue("120") int callsPerMinute, @DefaultValue("false") boolean webhookLoopback) {
  /** Refuses a limit under which nothing works. */
  ApiSettings {
    if (callsPerMinute < 1) {
      throw new IllegalArgumentException("musubi.api.calls-per-minute: at least 1");
    }
  }
}

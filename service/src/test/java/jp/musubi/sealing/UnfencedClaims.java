package jp.musubi.sealing;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Claims that fence nobody off, for the harness to find. */
final class UnfencedClaims extends Claims {
  UnfencedClaims(JdbcClient jdbc) {
    super(jdbc);
  }

  @Override
  boolean holds(UUID agreement, int epoch) {
    return true;
  }
}

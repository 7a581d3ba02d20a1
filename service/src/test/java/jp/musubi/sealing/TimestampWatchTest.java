package jp.musubi.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.remote.AuthorityHealth;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

@DisplayName("時刻認証局の見張り")
class TimestampWatchTest {
  private static final Instant NOON = Instant.parse("2026-11-24T03:00:00Z");

  @Test
  @DisplayName("一つでもタイムスタンプを出していれば動いている。出さなくなれば止まっている")
  void isUpAsLongAsOneGivesTokens() {
    var well = health("a", Optional.of(NOON), Optional.of(NOON.minusSeconds(1)));
    var failing = health("b", Optional.of(NOON), Optional.of(NOON.plusSeconds(1)));
    var untried = health("c", Optional.empty(), Optional.empty());

    assertThat(TimestampWatch.of(List.of(failing, well)).getStatus()).isEqualTo(Status.UP);
    assertThat(TimestampWatch.of(List.of(failing, untried)).getStatus()).isEqualTo(Status.DOWN);
    assertThat(TimestampWatch.of(List.of(untried)).getStatus()).isEqualTo(Status.UNKNOWN);
    assertThat(TimestampWatch.of(List.of(failing, well)).getDetails())
        .hasEntrySatisfying(
            "https://b.example/", d -> assertThat(d.toString()).contains("not well", "no answer"))
        .hasEntrySatisfying("https://a.example/", d -> assertThat(d.toString()).startsWith("well"));
  }

  private static AuthorityHealth health(
      String name, Optional<Instant> token, Optional<Instant> failure) {
    return new AuthorityHealth(
        URI.create("https://%s.example/".formatted(name)),
        token,
        failure,
        failure.map(_ -> "no answer"),
        Optional.empty(),
        Optional.empty());
  }
}

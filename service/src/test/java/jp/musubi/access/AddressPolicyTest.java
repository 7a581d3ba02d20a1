package jp.musubi.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import jp.musubi.platform.AddressRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("接続元の決まり")
class AddressPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

  @Test
  @DisplayName("範囲がなければどこからでも、あればその中からだけ入れる")
  void admitsFromWithin() {
    assertThat(AddressPolicy.OPEN.admits("203.0.113.5", NOW)).isTrue();
    assertThat(AddressPolicy.OPEN.admits("what is this", NOW)).isTrue();
    var office = policy("192.0.2.0/24", "192.0.2.128/25", "2001:db8::/32");
    assertThat(office.admits("192.0.2.200", NOW)).isTrue();
    assertThat(office.admits("2001:db8::1", NOW)).isTrue();
    assertThat(office.admits("::ffff:192.0.2.9", NOW)).isTrue();
    assertThat(office.admits("203.0.113.5", NOW)).isFalse();
    assertThat(office.admits("", NOW)).isFalse();
    assertThat(office.admits("192.0.2.1, 203.0.113.5", NOW)).isFalse();
  }

  @Test
  @DisplayName("試している範囲は、終わりの時刻の前まで効き、その時刻に元へ戻る")
  void goesBackAtTheEndOfATrial() {
    var until = NOW.plus(AddressRules.TRIAL);
    var policy =
        new AddressPolicy(
            ranges("192.0.2.0/24"),
            Optional.of(new AddressPolicy.Trial(ranges("198.51.100.0/24"), until)));
    assertThat(policy.admits("192.0.2.1", until.minusNanos(1))).isFalse();
    assertThat(policy.admits("198.51.100.1", until.minusNanos(1))).isTrue();
    assertThat(policy.admits("192.0.2.1", until)).isTrue();
    assertThat(policy.admits("198.51.100.1", until)).isFalse();
  }

  @Test
  @DisplayName("1,000個の範囲を、1秒に何百回も調べられる")
  void looksThroughAThousandRanges() {
    var policy =
        new AddressPolicy(
            IntStream.range(0, 1000)
                .mapToObj(i -> "10.%d.%d.0/24".formatted(i / 250, i % 250))
                .flatMap(text -> AddressRange.parse(text).stream())
                .toList(),
            Optional.empty());
    var started = System.nanoTime();
    for (var i = 0; i < 200; i++) {
      assertThat(policy.admits("10.3.249.7", NOW)).isTrue();
      assertThat(policy.admits("10.4.0.1", NOW)).isFalse();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  @DisplayName("断りは、はじめの一回と、間をおいた次の回だけを記録し、埋め尽くされない")
  void recordsRefusalsNowAndThen() {
    var window = new RefusalWindow();
    assertThat(window.note("a", "192.0.2.1", NOW)).isEqualTo(OptionalInt.of(1));
    for (var i = 0; i < 500; i++) {
      assertThat(window.note("a", "192.0.2.1", NOW.plusSeconds(1))).isEmpty();
    }
    assertThat(window.note("b", "192.0.2.1", NOW)).isEqualTo(OptionalInt.of(1));
    assertThat(window.note("a", "192.0.2.1", NOW.plus(RefusalWindow.LENGTH)))
        .isEqualTo(OptionalInt.of(501));

    var recorded =
        IntStream.range(0, 20_000)
            .filter(i -> window.note("c", "198.51.100." + i, NOW).isPresent())
            .count();
    assertThat(recorded).isEqualTo(RefusalWindow.MOST_OF_A_BODY);
  }

  private static AddressPolicy policy(String... texts) {
    return new AddressPolicy(ranges(texts), Optional.empty());
  }

  private static List<AddressRange> ranges(String... texts) {
    return Stream.of(texts).map(text -> AddressRange.parse(text).orElseThrow()).toList();
  }
}

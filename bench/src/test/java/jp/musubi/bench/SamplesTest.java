package jp.musubi.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import jp.musubi.bench.engine.Reply;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("計測値")
class SamplesTest {

  @Test
  @DisplayName("中央値は並べたときの真ん中、偶数個なら真ん中二つの平均")
  void haveTheMiddleAsMedian() {
    assertThat(Samples.median(List.of(9L, 1L, 5L))).isEqualTo(5.0);
    assertThat(Samples.median(List.of(9L, 1L, 5L, 7L))).isEqualTo(6.0);
  }

  @Test
  @DisplayName("99パーセンタイルは、百回なら二番目に遅い値、それより少なければ最も遅い値")
  void haveTheNearestRankAsPercentile() {
    var hundred = LongStream.rangeClosed(1, 100).boxed().toList();

    assertThat(Samples.percentile(hundred, 99)).isEqualTo(99);
    assertThat(Samples.percentile(hundred.subList(0, 20), 99)).isEqualTo(20);
    assertThat(Samples.percentile(List.of(7L), 99)).isEqualTo(7);
  }

  @Test
  @DisplayName("一秒あたりの件数は、合計時間から求める")
  void countPerSecondFromTheWholeTime() {
    var samples = new Samples();
    samples.add(new Reply.Done(List.of(1_000_000L, 3_000_000L), List.of(0L, 0L), 10, 2));

    assertThat(samples.perSecond()).isEqualTo(500.0);
    assertThat(samples.medianMillis()).isEqualTo(2.0);
  }

  @Test
  @DisplayName("一回も計測していなければ答えない")
  void sayNothingOfNoRounds() {
    assertThatIllegalArgumentException().isThrownBy(() -> Samples.median(List.of()));
  }
}

package jp.musubi.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("探索索引の語")
class TermsTest {
  private static final UUID SECTION = UUID.fromString("00000000-0000-0000-0000-00000000000a");

  @Test
  @DisplayName("1文字と隣り合う2文字で、件名・番号・相手方の境をまたがない")
  void areLettersAndNeighbours() {
    assertThat(Terms.of("舗装\nr8\n見\t本", SECTION, LocalDate.of(2026, 4, 1)))
        .containsExactlyInAnyOrder(
            "舗", "装", "舗装", "r", "8", "r8", "見", "本", "s:" + SECTION, "m:2026-04");
    assertThat(Terms.of("", SECTION, null)).containsExactly("s:" + SECTION);
    assertThat(Terms.of("𠮷田\n\n", SECTION, null)).contains("𠮷", "田", "𠮷田").hasSize(4);
  }

  @Test
  @DisplayName("探すことばの語は、それを含む文の語に必ずある")
  void ofAWordAreAmongThoseOfWhatItStandsIn() {
    assertThat(Terms.ofWord("橋")).containsExactly("橋");
    assertThat(Terms.ofWord("舗装工")).containsExactlyInAnyOrder("舗装", "装工");
    assertThat(Terms.ofWord("")).isEmpty();
    var seed = new Random().nextLong();
    var random = new Random(seed);
    for (var i = 0; i < 2000; i++) {
      var text = letters(random, random.nextInt(12)) + "\n" + letters(random, 5) + "\n";
      var word = letters(random, 1 + random.nextInt(3));
      if (text.contains(word)) {
        assertThat(Terms.of(text, SECTION, null))
            .as("seed %d: %s in %s", seed, word, text)
            .containsAll(Terms.ofWord(word));
      }
    }
  }

  @Test
  @DisplayName("月は、並べると年月の順になる")
  void monthsAreInOrder() {
    assertThat(Terms.month(LocalDate.of(2026, 3, 31)))
        .isLessThan(Terms.month(LocalDate.of(2026, 4, 1)))
        .isGreaterThan(Terms.month(LocalDate.of(1873, 1, 1)));
    assertThat(Terms.month(LocalDate.of(12_000, 1, 1))).isEqualTo("m:9999-12");
    assertThat(Terms.month(LocalDate.of(-5, 1, 1))).isEqualTo("m:0000-01");
  }

  @Test
  @DisplayName("どの場所の集まりも、書いて読めば元に戻る")
  void membersComeBack() {
    var random = new Random(7);
    for (var many : new int[] {1, 2, 255, 256, 257, 4096}) {
      var members = new BitSet();
      members.set(Members.PLACES - 1);
      while (members.cardinality() < many) {
        members.set(random.nextInt(Members.PLACES));
      }
      var packed = Members.pack(members);
      assertThat(packed.length).isEqualTo(Math.min(many * 2, 512));
      assertThat(Members.read(packed)).isEqualTo(members);
    }
  }

  private static String letters(Random random, int count) {
    var letters = new StringBuilder();
    for (var i = 0; i < count; i++) {
      letters.append(new String[] {"橋", "舗", "装", "𠮷", "𠮟", "a"}[random.nextInt(6)]);
    }
    return letters.toString();
  }
}

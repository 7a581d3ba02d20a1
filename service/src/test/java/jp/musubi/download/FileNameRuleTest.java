package jp.musubi.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ファイル名の決まりは")
class FileNameRuleTest {

  @Test
  @DisplayName("選んだものを選んだ順に並べ、空のものは飛ばす")
  void putsTheChosenPartsTogether() {
    assertThat(FileNameRule.DEFAULT.of(FileNameRule.example()))
        .isEqualTo("建設部 道路課-2026-04-01-市道1号線 舗装修繕工事");
    var rule =
        new FileNameRule(List.of(FileNameRule.Part.NUMBER, FileNameRule.Part.COUNTERPARTY), "_");
    assertThat(rule.of(FileNameRule.example())).isEqualTo("R8-000012_株式会社 見本建設");
    assertThat(rule.of(Map.of(FileNameRule.Part.NUMBER, "R8-000012"))).isEqualTo("R8-000012");
    assertThat(FileNameRule.DEFAULT.of(Map.of(FileNameRule.Part.NUMBER, "R8-1"))).isEqualTo("R8-1");
  }

  @Test
  @DisplayName("同じものを二度、多すぎる数、ほかの文字は受け付けない")
  void refusesWhatIsNoRule() {
    var twice = List.of(FileNameRule.Part.TITLE, FileNameRule.Part.TITLE);
    assertThatThrownBy(() -> new FileNameRule(twice, "-"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FileNameRule(List.of(), "-"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FileNameRule(List.of(FileNameRule.Part.values()), "-"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FileNameRule(List.of(FileNameRule.Part.TITLE), "/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("どのファイルシステムでも使える名前にし、人の名前の字は変えない")
  void givesNamesThatEverySystemTakes() {
    assertThat(SafeName.of("../../etc/passwd")).isEqualTo("_.._etc_passwd");
    assertThat(SafeName.of("a<b>c:d\"e|f?g*h\\i\u0000j\nk")).isEqualTo("a_b_c_d_e_f_g_h_i_j_k");
    assertThat(SafeName.of("契約書\u202Efdp.exe")).isEqualTo("契約書fdp.exe");
    assertThat(SafeName.of("  名前. . ")).isEqualTo("名前");
    assertThat(SafeName.of("...")).isEqualTo("_");
    assertThat(SafeName.of("CON")).isEqualTo("_CON");
    assertThat(SafeName.of("lpt1.工事")).isEqualTo("_lpt1.工事");
    var names = "\uFA11\uFA10 葛\uDB40\uDD00城市";
    assertThat(SafeName.of(names)).isEqualTo(names);
    var cut = SafeName.of("𠮷".repeat(200));
    assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSize(180);
    assertThat(cut).isEqualTo("𠮷".repeat(45));
  }

  @Test
  @DisplayName("大文字小文字や濁点の書き方だけが違う名前は、同じ名前として番号を付ける")
  void keepsNamesApart() {
    var names = new SafeName();
    assertThat(names.own("Plan")).isEqualTo("Plan");
    assertThat(names.own("plan")).isEqualTo("plan(2)");
    assertThat(names.own("PLAN")).isEqualTo("PLAN(3)");
    assertThat(names.own("plan(2)")).isEqualTo("plan(2)(2)");
    assertThat(names.own("ガス")).isEqualTo("ガス");
    assertThat(names.own("カ\u3099ス")).isEqualTo("カ\u3099ス(2)");
  }
}

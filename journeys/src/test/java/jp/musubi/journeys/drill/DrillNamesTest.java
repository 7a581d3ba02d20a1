package jp.musubi.journeys.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("基盤の訓練の名前は")
class DrillNamesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern PAPER = Pattern.compile("\\| `\\./musubi drill (\\w+)` \\|");
  private static final Pattern HELP = Pattern.compile("  drill (rolling[|\\w]*) ");
  private static final Pattern COMMAND = Pattern.compile("    (rolling[ |\\w]*)\\)");

  @Test
  @DisplayName("コマンドと、その使い方と、運用の文書で同じである")
  void agreeEverywhere() throws Exception {
    var script = Files.readString(ROOT.resolve("musubi"));

    assertThat(DrillMain.names()).isNotEmpty().isEqualTo(listed(HELP, script));
    assertThat(DrillMain.names()).isEqualTo(listed(COMMAND, script));
    assertThat(DrillMain.names())
        .isEqualTo(
            PAPER
                .matcher(Files.readString(ROOT.resolve("docs/operations/two-nodes.md")))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(DrillMain.names())
        .allSatisfy(name -> assertThat(script).containsPattern("There are: [^\n]*\\b" + name));
  }

  private static Set<String> listed(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    assertThat(found.find()).isTrue();
    return new TreeSet<>(Arrays.asList(found.group(1).split(" *\\| *", -1)));
  }
}

package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@DisplayName("見本の契約は")
class SampleContractsTest {
  @Test
  @DisplayName("同じ種から同じものができ、異体字・外字があり、和暦の日付がすべて読める")
  void areTheSameOfTheSameSeed() {
    var samples = new SampleContracts(39, 2000, 20).all().toList();
    assertThat(new SampleContracts(39, 2000, 20).all()).isEqualTo(samples);
    assertThat(new SampleContracts(40, 2000, 20).all()).isNotEqualTo(samples);

    var text = samples.stream().map(SampleContracts::line).collect(Collectors.joining("\n"));
    assertThat(text).contains("髙", "﨑", "𠮷", "葛󠄀", "邉", "令和", "（株）", "ｴﾚﾍﾞｰﾀｰ");
    assertThat(samples).filteredOn(sample -> sample.day().startsWith("令和")).hasSizeGreaterThan(500);
    assertThat(samples).filteredOn(sample -> sample.day().startsWith("R")).hasSizeGreaterThan(300);
    assertThat(samples)
        .filteredOn(sample -> !sample.day().isEmpty())
        .allMatch(sample -> sample.contractDate().isPresent());
    assertThat(samples.stream().map(SampleContracts.Sample::code).distinct()).hasSize(2000);
  }

  @Test
  @DisplayName("言われた数だけ、一覧のファイルに書く")
  @EnabledIfSystemProperty(named = "musubi.sample.contracts", matches = "\\d+")
  void areWritten() throws Exception {
    var count = Long.getLong("musubi.sample.contracts", 0);
    var out = Path.of(System.getProperty("musubi.sample.out", "target/sample-contracts.csv"));
    var lines = new SampleContracts(39, count, 20).all().map(SampleContracts::line);
    Files.write(out, Stream.concat(Stream.of("番号,件名,相手方,契約金額,契約日"), lines).toList());
    try (var written = Files.lines(out)) {
      assertThat(written.count()).isEqualTo(count + 1);
    }
  }
}

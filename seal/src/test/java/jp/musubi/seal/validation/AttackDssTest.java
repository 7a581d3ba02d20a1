package jp.musubi.seal.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jp.musubi.seal.Judges;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/validation-attacks.tsv} against what our validator and EU DSS say today. */
@Tag("slow")
@DisplayName("攻撃されたPDFへの、二つの検証器の判定")
class AttackDssTest {
  private static final Path TABLE = Path.of("../docs/validation-attacks.tsv");

  /** The signers are a set, sorted by their bytes (X.690, 11.6): DSS looks at the first alone. */
  private static final String BY_CHANCE = "two signers in one signature";

  @Test
  @DisplayName("自らの検証は一つも有効と言わず、EU DSS との違いは表に書いたとおりである")
  void areAllRefusedWhateverDssSays(@TempDir Path folder) throws Exception {
    var specimen = Specimen.get();
    var attacks = AttackTest.attacks().toList();
    var files = new ArrayList<Path>();
    var ours = new ArrayList<ValidationReport>();
    for (var attack : attacks) {
      var file = folder.resolve("%03d.pdf".formatted(files.size()));
      files.add(Files.write(file, attack.deed().on(specimen)));
      ours.add(specimen.judge(Files.readAllBytes(file)));
    }
    assertThat(ours)
        .extracting(ValidationReport::verdict)
        .isSubsetOf(Verdict.INVALID, Verdict.INDETERMINATE);

    var theirs = dss(specimen, folder, files);
    var lines = new ArrayList<String>();
    for (var i = 0; i < attacks.size(); i++) {
      lines.add(
          "%s\t%s\t%s\t%s\t%s"
              .formatted(
                  attacks.get(i).family(),
                  attacks.get(i).name(),
                  ours.get(i).verdict().code(),
                  attacks.get(i).reason(),
                  attacks.get(i).name().equals(BY_CHANCE)
                      ? "either\tby which signer comes first"
                      : theirs.get(i)));
    }
    assertThat(new HashSet<>(lines)).as("two attacks of one name").hasSameSizeAs(lines);
    assertThat(String.join("\n", lines)).isEqualTo(String.join("\n", table()));
  }

  private static List<String> table() throws IOException {
    return Files.readAllLines(TABLE).stream().filter(line -> !line.startsWith("#")).toList();
  }

  private static List<String> dss(Specimen specimen, Path folder, List<Path> files)
      throws Exception {
    var pem =
        "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
            .formatted(
                Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(specimen.root().getEncoded()));
    var root = Files.writeString(folder.resolve("root.pem"), pem);
    var said = Judges.dss(List.of(root), files, List.of(), specimen.at());
    var answers = new ArrayList<String>();
    for (var line : said.text().lines().filter(each -> each.startsWith("{\"id\"")).toList()) {
      answers.add(word(JsonMapper.shared().readTree(line)));
    }
    assertThat(answers).as(said.text()).hasSameSizeAs(files);
    return answers;
  }

  /** The worst indication of all signatures, or why there is none. */
  private static String word(JsonNode answer) {
    if (!answer.path("ok").asBoolean()) {
      return "refused\t" + answer.path("error").asString();
    }
    var signatures = StreamSupport.stream(answer.path("signatures").spliterator(), false).toList();
    if (signatures.isEmpty()) {
      return "no-signature\t";
    }
    if (answer.path("passed").asBoolean()) {
      return "accepted\t";
    }
    var failed =
        signatures.stream().anyMatch(s -> s.path("indication").asString().equals("TOTAL_FAILED"));
    return (failed ? "invalid" : "indeterminate")
        + "\t"
        + signatures.stream()
            .map(signature -> signature.path("subIndication").asString(""))
            .filter(each -> !each.isEmpty())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
  }
}

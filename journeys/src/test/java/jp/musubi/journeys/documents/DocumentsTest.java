package jp.musubi.journeys.documents;

import static jp.musubi.journeys.documents.Papers.ROOT;
import static jp.musubi.journeys.documents.Papers.all;
import static jp.musubi.journeys.documents.Papers.children;
import static jp.musubi.journeys.documents.Papers.folders;
import static jp.musubi.journeys.documents.Papers.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("文書")
class DocumentsTest {
  /** A relative target of {@code [text](target)}, without its anchor. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  /** The outermost type in the last column of a glossary's row. */
  private static final Pattern TYPE =
      Pattern.compile("\\| `(\\w+)[\\w.]*` \\|$", Pattern.MULTILINE);

  private static final Pattern STATE = Pattern.compile("^  record (\\w+)\\(", Pattern.MULTILINE);

  private static final Pattern SEALED =
      Pattern.compile("^public sealed interface (\\w+)", Pattern.MULTILINE);

  /**
   * A source file or a step of one, as the walk-through writes it: {@code
   * contract/Contracts.agree}.
   */
  private static final Pattern STATION = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)((?:\\.\\w+)*)`");

  @Test
  @DisplayName("文書の中のリンク先がすべて存在する")
  void linkOnlyToWhatIsThere() {
    assertThat(papers())
        .allSatisfy(paper ->
            assertThat(all(LINK, paper).map(link -> link.group(1)))
                .allSatisfy(
                    target -> assertThat(paper.resolveSibling(target).normalize()).exists()));
  }

  @Test
  @DisplayName("用語集の型がすべて存在する")
  void nameOnlyTypesThatExist() {
    var known = typesIn("src/main/java");

    assertThat(all(TYPE, ROOT.resolve("GLOSSARY.md")).map(type -> type.group(1)))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(known).contains(type));
  }

  @Test
  @DisplayName("契約のすべての状態と、契約の言葉の型が用語集にある")
  void explainEveryStateOfAContract() {
    var contract = ROOT.resolve("service/src/main/java/jp/musubi/contract");
    var glossary = text(ROOT.resolve("GLOSSARY.md"));

    var states = all(STATE, contract.resolve("Contract.java")).map(state -> state.group(1));
    assertThat(states)
        .hasSizeGreaterThanOrEqualTo(7)
        .allSatisfy(state -> assertThat(glossary).contains("`Contract." + state + "` |"));
    var words =
        children(contract).stream()
            .filter(Files::isRegularFile)
            .flatMap(file -> all(SEALED, file))
            .map(type -> type.group(1));
    assertThat(words)
        .contains("Decision", "Refusal")
        .allSatisfy(word -> assertThat(glossary).contains("`" + word + "` |"));
  }

  @Test
  @DisplayName("見取り図の道順にあるファイルと手順がすべて存在する")
  void walkOnlyThroughFilesThatExist() {
    var sources = ROOT.resolve("service/src/main/java/jp/musubi");

    assertThat(all(STATION, ROOT.resolve("ARCHITECTURE.md")))
        .isNotEmpty()
        .allSatisfy(station -> {
          var file = sources.resolve(station.group(1) + ".java");
          assertThat(file).exists();
          var step = station.group(2);
          if (!step.isEmpty()) {
            assertThat(text(file)).contains(step.substring(step.lastIndexOf('.') + 1) + "(");
          }
        });
  }

  @Test
  @DisplayName("見取り図の地図に、すべてのモジュールとパッケージがある")
  void mapEveryModuleAndPackage() {
    var architecture = text(ROOT.resolve("ARCHITECTURE.md"));

    assertThat(folders(ROOT).filter(folder -> Files.exists(folder.resolve("pom.xml"))))
        .isNotEmpty()
        .allSatisfy(
            module -> assertThat(architecture).contains("| `" + module.getFileName() + "` |"));
    assertThat(
            Stream.concat(
                folders(ROOT.resolve("service/src/main/java/jp/musubi")),
                folders(ROOT.resolve("seal/src/main/java/jp/musubi/seal"))))
        .isNotEmpty()
        .allSatisfy(
            feature -> assertThat(architecture).contains("| `" + feature.getFileName() + "` |"));
  }

  @Test
  @DisplayName("決定の一覧に、すべての決定がある")
  void listEveryDecision() {
    var index = text(ROOT.resolve("docs/adr/README.md"));

    assertThat(children(ROOT.resolve("docs/adr")))
        .filteredOn(page -> !page.getFileName().toString().equals("README.md"))
        .hasSizeGreaterThanOrEqualTo(12)
        .allSatisfy(page -> assertThat(index).contains("(" + page.getFileName() + ")"))
        .allSatisfy(page ->
            assertThat(text(page))
                .contains("## Context")
                .contains("## Decision")
                .contains("## What we gave up")
                .contains("## How we would notice it was wrong"));
  }

  private static List<Path> papers() {
    return Stream.of(
            children(ROOT),
            children(ROOT.resolve("docs")),
            children(ROOT.resolve("docs/adr")),
            children(ROOT.resolve("docs/operations")))
        .flatMap(List::stream)
        .filter(file -> file.toString().endsWith(".md"))
        .toList();
  }

  private static Set<String> typesIn(String sources) {
    return folders(ROOT)
        .map(module -> module.resolve(sources))
        .filter(Files::isDirectory)
        .flatMap(Papers::filesBelow)
        .map(file -> file.getFileName().toString())
        .filter(name -> name.endsWith(".java"))
        .map(name -> name.replace(".java", ""))
        .collect(Collectors.toSet());
  }
}

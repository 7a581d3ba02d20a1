package jp.musubi.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/**
 * どの署名のあとも. Every file of every contract of a journey, as it was after each of its seals and
 * timestamps, judged by programs nobody here wrote: EU DSS, poppler and qpdf.
 *
 * <p>A PDF grows by what is appended (ISO 32000-2, 7.5.6), and a signature says which bytes it
 * covers (12.8.1): the file as it was right after a seal is the beginning of the file as it is now.
 */
final class EverySeal {
  private static final Pattern RANGE =
      Pattern.compile("/ByteRange\\s*\\[\\s*0\\s+\\d+\\s+(\\d+)\\s+(\\d+)\\s*\\]");

  private final Stage stage;
  private final Path folder;
  private final Set<Path> concluded = new LinkedHashSet<>();
  private final List<Revision> revisions = new ArrayList<>();

  /**
   * A file as it was after one of its seals.
   *
   * @param seals how many it has, without timestamps over the whole document
   */
  private record Revision(Path file, int seals) {}

  private EverySeal(Stage stage) throws IOException {
    this.stage = stage;
    this.folder = Files.createDirectories(stage.folder().resolve("every-seal"));
  }

  /** Judges what the clerk of the trial body can see, and counts what was judged. */
  static int isValid(Stage stage) throws IOException, InterruptedException {
    var journey = new EverySeal(stage);
    journey.collect();
    journey.byPoppler();
    journey.byQpdf();
    journey.byDss();
    return journey.revisions.size();
  }

  private void collect() throws IOException, InterruptedException {
    var clerk =
        new Walk(stage.service().address(), stage.inbox(), (_, _, _) -> {}).signIn("hanako");
    for (var contract : contracts(clerk)) {
      var page = clerk.get(contract).expect(200).document();
      for (var address : links(page.select("main a[href$=.pdf]"))) {
        var bytes = clerk.download(address);
        var name = contract.replaceFirst(".*/", "") + "-" + address.replaceFirst(".*/", "");
        if (address.endsWith("/document.pdf")
            && !page.select("a[href$=certificate.pdf]").isEmpty()) {
          concluded.add(Files.write(folder.resolve("concluded-" + name), bytes));
        }
        cut(name, bytes);
      }
    }
  }

  private Set<String> contracts(Visitor clerk) throws IOException, InterruptedException {
    var found = new LinkedHashSet<String>();
    for (var next = "/contracts"; !next.isEmpty(); ) {
      var page = clerk.get(next).expect(200).document();
      links(page.select("main a[href]")).stream()
          .filter(address -> address.matches(".*/contracts/[0-9a-f-]{36}"))
          .forEach(found::add);
      next = page.select("a[rel=next]").attr("abs:href");
    }
    return found;
  }

  private static List<String> links(List<Element> anchors) {
    return anchors.stream().map(a -> a.absUrl("href")).distinct().toList();
  }

  private void cut(String name, byte[] bytes) throws IOException {
    var text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (var end :
        RANGE
            .matcher(text)
            .results()
            .map(range -> Integer.parseInt(range.group(1)) + Integer.parseInt(range.group(2)))
            .distinct()
            .sorted()
            .toList()) {
      var file = folder.resolve("%08d-%s".formatted(end, name));
      Files.write(file, Arrays.copyOf(bytes, end));
      revisions.add(
          new Revision(
              file, text.substring(0, end).split("/ETSI\\.CAdES\\.detached", -1).length - 1));
    }
  }

  private void byPoppler() throws IOException, InterruptedException {
    if (!Project.has("pdfsig")) {
      return;
    }
    for (var revision : revisions) {
      var outcome = Project.run(List.of("pdfsig", "-nocert", revision.file().toString()));
      assertThat(outcome.text().split("Signature is Valid", -1).length - 1)
          .as(revision + ": " + outcome.text())
          .isEqualTo(revision.seals());
    }
  }

  private void byQpdf() throws IOException, InterruptedException {
    if (!Project.has("qpdf")) {
      return;
    }
    for (var revision : revisions) {
      var outcome = Project.run(List.of("qpdf", "--check", revision.file().toString()));
      assertThat(outcome.exit()).as(revision + ": " + outcome.text()).isZero();
    }
  }

  private void byDss() throws IOException, InterruptedException {
    var known = concluded.stream().flatMap(file -> Stream.of("--revocation", file.toString()));
    var command =
        Stream.of(
            Stream.of(
                Project.java(),
                "-jar",
                Project.root().resolve("dss/target/dss-exec.jar").toString(),
                "--trust",
                stage.service().home().resolve("trust.pem").toString()),
            known,
            revisions.stream().map(revision -> revision.file().toString()));
    var outcome = Project.run(command.flatMap(words -> words).toList());
    assertThat(outcome.exit()).as(outcome.text()).isZero();
    assertThat(outcome.text().lines().filter(line -> line.contains("TOTAL_PASSED")))
        .as(outcome.text())
        .hasSize(revisions.size());
  }
}

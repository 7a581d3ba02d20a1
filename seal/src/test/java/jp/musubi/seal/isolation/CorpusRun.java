package jp.musubi.seal.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.pages.PageImages;
import jp.musubi.testkit.KeyKind;

/** Takes every file of a folder through inspection, rebuild, seal and comparison, and counts. */
final class CorpusRun implements AutoCloseable {
  /** Slower than this is a hang. */
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int COMPARED_PAGES = 10;
  private static final int WIDTH = 300;

  private final Path folder;
  private final Sealery sealery;
  private final SealEngine engine;
  private final Workers workers;
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private int files;
  private int accepted;
  private int sealed;
  private Duration slowest = Duration.ZERO;
  private String slowestFile = "";

  CorpusRun(Path folder, Path jar) throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.sealery = Sealery.open(folder, KeyKind.P_256);
    this.engine = sealery.engine();
    var limits = new WorkerLimits(256, LONGEST.multipliedBy(2), LONGEST.multipliedBy(3), LONGEST);
    this.workers = new Workers(jar, limits, 1);
    workers.warmUp();
  }

  void take(Path file) throws WorkersUnavailable, IOException {
    files++;
    var target = folder.resolve("rebuilt.pdf");
    var began = System.nanoTime();
    var outcome = workers.rebuild(file, target);
    var took = Duration.ofNanos(System.nanoTime() - began);
    if (took.compareTo(slowest) > 0) {
      slowest = took;
      slowestFile = file.getFileName().toString();
    }
    if (took.compareTo(LONGEST) > 0) {
      wrong.add(file + ": took " + took);
    }
    switch (outcome) {
      case Rebuilt.Refused(var inspection) -> refused(file, inspection);
      case Rebuilt.Written(_, var pages, _) -> {
        accepted++;
        seal(file, target, pages);
      }
    }
  }

  private void refused(Path file, Inspection inspection) {
    var rejecting =
        inspection.findings().stream().filter(f -> f.action() == Action.REJECT).toList();
    if (rejecting.isEmpty()) {
      wrong.add(file + ": refused without a finding");
    }
    rejecting.stream()
        .map(finding -> finding.rule() + " " + finding.what())
        .distinct()
        .forEach(reason -> reasons.merge(reason, 1, Integer::sum));
    for (var finding : rejecting) {
      if (unfinished(finding)) {
        wrong.add(file + ": " + finding);
      }
    }
  }

  /** What says more of us than of the file. */
  private static boolean unfinished(Finding finding) {
    return finding.what().equals("not-finished") || finding.what().equals("rebuild-differs");
  }

  private void seal(Path file, Path rebuilt, int pages) throws IOException {
    var prepared = folder.resolve("prepared.pdf");
    var target = folder.resolve("sealed.pdf");
    Preparation.prepare(rebuilt, prepared, Sealery.FIELDS.subList(0, 1));
    engine.seal(prepared, target, Sealery.request(1));
    for (var page = 1; page <= Math.min(pages, COMPARED_PAGES); page++) {
      var before = PageImages.render(rebuilt, page, WIDTH);
      if (!java.util.Arrays.equals(before, PageImages.render(target, page, WIDTH))) {
        wrong.add(file + ": page " + page + " looks different when sealed");
      }
    }
    sealed++;
    Files.delete(target);
    Files.delete(prepared);
    Files.delete(rebuilt);
  }

  List<String> wrong() {
    return wrong;
  }

  String table(String name) {
    return "%-8s files %3d  accepted %3d  sealed and compared %3d  slowest %d ms (%s)  refused %s"
        .formatted(name, files, accepted, sealed, slowest.toMillis(), slowestFile, reasons);
  }

  @Override
  public void close() {
    workers.close();
    sealery.close();
  }
}

package jp.musubi.verifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.seal.inspection.FindingMessages;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Inspector;

/** Inspects one file before anyone signs it. */
final class InspectCommand {
  private static final Set<String> UNREADABLE = Set.of("not-pdf", "broken");

  private final PrintStream out;
  private final PrintStream err;

  InspectCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  int run(Request.Inspect request) {
    Inspection inspection;
    String sha256;
    try {
      inspection = Inspector.inspect(request.file(), InspectionLimits.standard());
      sha256 = Sha256.of(request.file()).hex();
    } catch (IOException unreadable) {
      err.println(Words.of("unreadable", request.file()));
      return 2;
    }
    out.println(
        request.json()
            ? Json.of(request.file().toString(), sha256, inspection)
            : text(request.file(), sha256, inspection));
    if (inspection.acceptable()) {
      return 0;
    }
    return inspection.findings().stream().anyMatch(f -> UNREADABLE.contains(f.what())) ? 2 : 1;
  }

  private static String text(Path file, String sha256, Inspection inspection) {
    var text = new StringBuilder();
    text.append(Words.of("label.file")).append("　").append(file).append('\n');
    text.append(Words.of("label.sha256")).append("　").append(sha256).append('\n');
    text.append(
            Words.of(
                inspection.acceptable() ? "inspect.acceptable" : "inspect.rejected",
                inspection.pages(),
                inspection.bytes()))
        .append('\n');
    for (var finding : inspection.findings()) {
      text.append(line(finding)).append('\n');
    }
    return text.toString();
  }

  private static String line(Finding finding) {
    var place = finding.page().isPresent() ? Words.of("page", finding.page().getAsInt()) : "";
    return "%s　%s　%s%s"
        .formatted(
            finding.rule(),
            Words.of("action." + finding.action().name()),
            place,
            FindingMessages.of(finding, Locale.JAPAN));
  }
}

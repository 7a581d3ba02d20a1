package jp.musubi.register;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;

/**
 * 台帳の取込. What a list that comes out of another system of the body (財務会計, 文書管理) would change in the
 * register, shown before anything is changed.
 *
 * @param lines that the list has
 * @param changes contracts of which something differs, as the list has them
 * @param findings what is wrong with it; nothing is changed while there is any
 * @param ignored headings that the register has nothing for
 */
record EntryImport(int lines, List<Change> changes, List<Finding> findings, List<String> ignored) {
  /** Most lines of a list. */
  static final int MOST = 1_000;

  /** Keeps its own copies. */
  EntryImport {
    changes = List.copyOf(changes);
    findings = List.copyOf(findings);
    ignored = List.copyOf(ignored);
  }

  /**
   * What would be noted of a contract.
   *
   * @param version of the entry that it was compared with
   * @param differences in words
   */
  record Change(
      UUID contract,
      String number,
      String title,
      int version,
      Entry entry,
      List<CorrectionStore.Change> differences) {
    /** Keeps its own copy. */
    Change {
      differences = List.copyOf(differences);
    }
  }

  /**
   * What is wrong with a line.
   *
   * @param line as a spreadsheet counts it
   * @param value what stands there
   */
  record Finding(int line, String column, Text why, String value) {}

  /** Lines that say what the register says already. */
  int same() {
    var wrong = findings.stream().map(Finding::line).distinct().count();
    return lines - changes.size() - Math.toIntExact(wrong);
  }

  /** What was seen: whoever corrects by it corrects exactly this, or is asked to look again. */
  String digest() {
    return Sha256.of(
            changes.stream()
                .map(change ->
                    "%s %d %s".formatted(change.contract(), change.version(), change.differences()))
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8))
        .hex();
  }
}

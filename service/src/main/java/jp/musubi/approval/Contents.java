package jp.musubi.approval;

import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import jp.musubi.contract.Particulars;
import jp.musubi.seal.Sha256;

/** What of a draft is approved beside its bytes: terms and parties, as one digest. */
final class Contents {
  private Contents() {}

  /** Exactly what a draft is now; {@code draft} must have been prepared. */
  static Subject of(Particulars draft) {
    return new Subject(draft.version(), draft.currentFile(), digest(draft));
  }

  private static Sha256 digest(Particulars draft) {
    // A line each; no value holds a line break, so no two drafts give the same text.
    var lines = new StringJoiner("\n");
    lines.add(draft.title());
    lines.add(draft.kind().name());
    lines.add(draft.amount().toString());
    lines.add(draft.contractDate().toString());
    lines.add(draft.periodFrom().toString());
    lines.add(draft.periodUntil().toString());
    lines.add(draft.deadline().toString());
    lines.add(String.valueOf(draft.readingYears()));
    lines.add(draft.officeId().toString());
    lines.add(draft.fileName());
    for (var party : draft.parties()) {
      lines.add(party.id().toString());
      lines.add(party.ordinal() + " " + party.turn() + " " + party.kind() + " " + party.capacity());
      lines.add(party.venture());
      lines.add(party.organisation());
      lines.add(party.title());
      lines.add(party.name());
      lines.add(String.valueOf(party.mail()));
      lines.add(String.valueOf(party.staffId()));
    }
    return Sha256.of(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}

package jp.musubi.bulk;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Drafts;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.appearance.Blank;

/**
 * ひな形. A PDF of a body with boxes to fill. Once a list was filled into it, it stays as it is, and
 * another takes its place.
 *
 * @param section whose it is; empty for the whole body
 * @param renews 自動更新 is in its wording
 * @param councilVote contracts of this form need a vote of the council
 * @param usedAt when a list was first filled into it
 * @param retiredAt from when it is not offered any more
 */
record Template(
    UUID id,
    String name,
    ContractKind kind,
    Optional<UUID> section,
    boolean renews,
    boolean councilVote,
    Drafts.Document document,
    Optional<Instant> usedAt,
    Optional<Instant> retiredAt,
    List<MergeField> fields) {

  /** Most boxes. */
  static final int MOST_FIELDS = 60;

  /** Keeps its own copy. */
  Template {
    fields = List.copyOf(fields);
  }

  Sha256 file() {
    return document.sha256();
  }

  boolean mayChange() {
    return usedAt.isEmpty() && retiredAt.isEmpty();
  }

  /** The columns of a list for it: the particulars, and what its boxes ask for beside. */
  List<String> headings() {
    return Stream.concat(
            Arrays.stream(Particular.values()).map(Particular::heading),
            fields.stream().map(MergeField::name))
        .distinct()
        .toList();
  }

  List<Blank> blanks() {
    return fields.stream().map(MergeField::blank).toList();
  }

  MergeField field(UUID of) {
    return fields.stream()
        .filter(field -> field.id().equals(of))
        .findFirst()
        .orElseThrow(() -> new jp.musubi.platform.NotFound("field " + of + " of template " + id));
  }
}

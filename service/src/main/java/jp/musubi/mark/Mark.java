package jp.musubi.mark;

import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Party;
import jp.musubi.input.InputBox;

/**
 * 表示. What is seen of one party's seal: its name, or the picture of the office's seal.
 *
 * @param ordinal of a counterparty its place among the parties; of the body's own 0
 * @param imprint the picture; empty for the name
 */
record Mark(UUID id, Party.Kind kind, int ordinal, Optional<UUID> imprint, InputBox box) {

  /** Whether it is this party's. */
  boolean isOf(Party party) {
    return kind == party.kind() && (kind != Party.Kind.COUNTERPARTY || ordinal == party.ordinal());
  }

  /** The same elsewhere. */
  Mark at(InputBox other) {
    return new Mark(id, kind, ordinal, imprint, other);
  }

  /** The one of a party, if it is to have one. */
  static Mark of(Party party, Optional<UUID> imprint, InputBox box) {
    return new Mark(
        UUID.randomUUID(),
        party.kind(),
        party.kind() == Party.Kind.COUNTERPARTY ? party.ordinal() : 0,
        imprint,
        box);
  }
}

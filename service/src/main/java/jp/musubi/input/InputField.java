package jp.musubi.input;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.seal.appearance.Blank;
import jp.musubi.seal.appearance.PageSize;

/**
 * 入力項目. A box on a draft's document that somebody fills before the contract is sent.
 *
 * @param ordinal the order in which they were put, and in which they are asked
 * @param filler who fills it: the place of a party among the contract's; 0 is the body
 * @param size of the letters, in tenths of a point
 * @param prefilled what stands in the form before anybody has typed; may be empty
 */
record InputField(
    UUID id,
    int ordinal,
    String label,
    InputKind kind,
    int filler,
    boolean mandatory,
    InputBox box,
    int size,
    String prefilled) {
  /** Most of them on one contract. */
  static final int MOST = 200;

  /** The place among the parties of whoever fills for the body. */
  static final int BODY = 0;

  private static final String TICK = "✓";

  Blank blank() {
    return new Blank(id.toString(), box.place(), size / 10f);
  }

  /** The same field elsewhere. */
  InputField at(InputBox other) {
    return new InputField(id, ordinal, label, kind, filler, mandatory, other, size, prefilled);
  }

  /** Of its input on a form. */
  String input() {
    return "v-" + id;
  }

  /**
   * Why it cannot stand beside the others.
   *
   * @param others of the same contract, this one possibly among them as it was
   */
  Optional<Misplaced> refused(List<InputField> others, List<PageSize> pages) {
    return box.refusedOn(pages)
        .or(() ->
            others.stream()
                .filter(other -> !other.id.equals(id) && mandatory && other.mandatory)
                .filter(other -> box.meets(other.box))
                .<Misplaced>map(other -> new Misplaced.Over(other.label))
                .findFirst());
  }

  /** What was filled in, as it stands on the page. */
  String drawn(String value) {
    if (value.isEmpty()) {
      return "";
    }
    return switch (kind) {
      case InputKind.Text _, InputKind.Choice _ -> value;
      case InputKind.Figure _ -> String.format(Locale.ROOT, "%,d", Long.parseLong(value));
      case InputKind.Day _ -> JapaneseDates.era(LocalDate.parse(value));
      case InputKind.Tick _ -> value.equals("true") ? TICK : "";
    };
  }
}

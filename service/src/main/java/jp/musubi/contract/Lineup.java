package jp.musubi.contract;

import java.util.Comparator;
import java.util.List;
import jp.musubi.organisation.Office;

/**
 * 当事者と順番, as the sender enters them; the sender itself is not named, being always the first.
 *
 * @param counterparties at least one
 * @param office the 契約名義, held by somebody today
 * @param officeFirst whether the office signs before the counterparties
 */
public record Lineup(List<Counterparty> counterparties, Office office, boolean officeFirst) {
  /** Most counterparties: beside them the sender and the office take part. */
  public static final int MOST = SigningOrder.MOST - 2;

  /** Counterparties by their places, those of one place as they were entered. */
  public Lineup {
    counterparties =
        counterparties.stream().sorted(Comparator.comparingInt(Counterparty::place)).toList();
  }

  /** The only counterparty, and then the office. */
  public static Lineup of(Counterparty counterparty, Office office) {
    return new Lineup(List.of(counterparty), office, false);
  }

  /** Turn of a counterparty: places are counted without gaps, from the sender's turn on. */
  int turn(Counterparty counterparty) {
    var before =
        counterparties.stream()
            .mapToInt(Counterparty::place)
            .filter(place -> place < counterparty.place())
            .distinct()
            .count();
    return (int) before + (officeFirst ? 2 : 1);
  }

  /** Turn of the office. */
  int officeTurn() {
    return officeFirst ? 1 : turn(counterparties.getLast()) + 1;
  }
}

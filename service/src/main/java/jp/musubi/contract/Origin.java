package jp.musubi.contract;

import java.time.LocalDate;
import java.util.Optional;

/** もとの契約, which a contract goes back to. */
public sealed interface Origin {
  /** How it goes back. */
  Relation relation();

  /** A contract of the register. */
  record Registered(Relation relation, ContractId original) implements Origin {}

  /**
   * A contract on paper, known by its words only.
   *
   * @param number 契約番号 on the paper; may be empty
   * @param concludedOn the day it was concluded, where it is known
   */
  record Paper(Relation relation, String number, String title, Optional<LocalDate> concludedOn)
      implements Origin {}
}

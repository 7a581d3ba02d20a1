package jp.musubi.contract;

import java.util.Optional;
import java.util.UUID;

/**
 * 契約相手方 as the sender enters it. Names are kept exactly as entered, variation selectors and all
 * (LAW-24).
 *
 * @param capacity in which the person agrees
 * @param venture 共同企業体 of which it is a member; may be empty
 * @param place among the counterparties: who has the same is asked at the same time
 * @param organisation 株式会社 見本建設
 * @param title 代表取締役; may be empty
 * @param mail where the link goes
 * @param identification how it shows who it is (LAW-3)
 * @param mandate the 委任 by which it acts; empty for none
 * @param ownSignature 当事者型: whether it signs with a certificate of its own, too
 */
public record Counterparty(
    Party.Capacity capacity,
    String venture,
    int place,
    String organisation,
    String title,
    String name,
    String mail,
    Identification identification,
    Optional<UUID> mandate,
    boolean ownSignature) {

  /** One that acts by no 委任, and for which the service signs (立会人型). */
  public Counterparty(
      Party.Capacity capacity,
      String venture,
      int place,
      String organisation,
      String title,
      String name,
      String mail,
      Identification identification) {
    this(
        capacity,
        venture,
        place,
        organisation,
        title,
        name,
        mail,
        identification,
        Optional.empty(),
        false);
  }

  /** The only counterparty, with the authority to conclude. */
  public static Counterparty alone(
      String organisation, String title, String name, String mail, Identification identification) {
    return new Counterparty(
        Party.Capacity.AUTHORITY, "", 1, organisation, title, name, mail, identification);
  }
}

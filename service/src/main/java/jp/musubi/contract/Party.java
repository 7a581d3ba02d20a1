package jp.musubi.contract;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 当事者. Somebody whose seal the contract carries, as entered.
 *
 * @param ordinal place among the parties, and in the names of signature fields; 0 is the sender
 * @param turn when it is asked: parties of one turn together, turn after turn; 0 is the sender's
 * @param capacity in which somebody agrees for a counterparty; null for the body's own
 * @param venture 共同企業体 that a counterparty is a member of; may be empty
 * @param organisation 上毛市 建設部 道路課, 株式会社 見本建設
 * @param title 主事, 代表取締役, 上毛市長; may be empty
 * @param name the person
 * @param mail where a counterparty gets the link
 * @param staffId who of the body's staff it is, for sender and office
 * @param ownSignature 当事者型: whether it has to put a signature of its own upon the file before it
 *     agrees; only of a counterparty
 */
public record Party(
    PartyId id,
    int ordinal,
    int turn,
    Kind kind,
    @Nullable Capacity capacity,
    String venture,
    String organisation,
    String title,
    String name,
    @Nullable String mail,
    @Nullable UUID staffId,
    boolean ownSignature) {

  /** A party for which the service signs (立会人型), as it does unless somebody says otherwise. */
  public Party(
      PartyId id,
      int ordinal,
      int turn,
      Kind kind,
      @Nullable Capacity capacity,
      String venture,
      String organisation,
      String title,
      String name,
      @Nullable String mail,
      @Nullable UUID staffId) {
    this(
        id,
        ordinal,
        turn,
        kind,
        capacity,
        venture,
        organisation,
        title,
        name,
        mail,
        staffId,
        false);
  }

  /** In what capacity a party takes part. */
  public enum Kind {
    /** 送信者: the clerk who sends; sealed at sending (LAW-11). */
    SENDER,
    /** 契約相手方: without an account. */
    COUNTERPARTY,
    /** 契約名義: the office holder of the body. */
    OFFICE
  }

  /** 立場. What somebody may do for a counterparty. */
  public enum Capacity {
    /** 締結権限者: the representative, or whoever else has the authority to conclude. */
    AUTHORITY,
    /** 代理人: a branch manager or the like, by 委任状. */
    AGENT,
    /** 担当者: confirms what the contract says, before those with authority. */
    CLERK
  }

  /** The same party, for which somebody else decides. */
  Party delegatedTo(Delegate to) {
    return new Party(
        id,
        ordinal,
        turn,
        kind,
        capacity,
        venture,
        organisation,
        to.title(),
        to.name(),
        to.mail(),
        staffId,
        ownSignature);
  }

  /** The part of message keys that says in what capacity it takes part. */
  public String role() {
    return capacity == null || capacity == Capacity.AUTHORITY ? kind.name() : kind + "_" + capacity;
  }

  /** 上毛市長 見本 太郎: as printed in the seal and on pages. */
  public String signature() {
    return kind == Kind.OFFICE
        ? title + " " + name
        : String.join(" ", venture, organisation, title, name).strip().replaceAll(" {2,}", " ");
  }
}

package jp.musubi.contract;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 当事者. Somebody whose seal the contract carries, as entered.
 *
 * @param ordinal place in the signing order; 0 is the sender
 * @param organisation 上毛市 建設部 道路課, 株式会社 見本建設
 * @param title 主事, 代表取締役, 上毛市長; may be empty
 * @param name the person
 * @param mail where a counterparty gets the link
 * @param staffId who of the body's staff it is, for sender and office
 */
public record Party(
    PartyId id,
    int ordinal,
    Kind kind,
    String organisation,
    String title,
    String name,
    @Nullable String mail,
    @Nullable UUID staffId) {

  /** In what capacity a party takes part. */
  public enum Kind {
    /** 送信者: the clerk who sends; sealed at sending (LAW-11). */
    SENDER,
    /** 契約相手方: without an account. */
    COUNTERPARTY,
    /** 契約名義: the office holder of the body. */
    OFFICE
  }

  /** 上毛市長 見本 太郎: as printed in the seal and on pages. */
  public String signature() {
    return kind == Kind.OFFICE
        ? title + " " + name
        : String.join(" ", organisation, title, name).replaceAll(" {2,}", " ");
  }
}

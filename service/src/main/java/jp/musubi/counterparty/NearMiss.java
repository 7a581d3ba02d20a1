package jp.musubi.counterparty;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * 似た相手方. Something registered that may be meant by what was typed: warned of, and decided by a
 * person.
 *
 * @param supplier which of the register
 * @param name of that supplier
 * @param detail the address or number that is alike
 */
public record NearMiss(Kind kind, UUID supplier, String name, String detail) {

  /** What is alike. */
  public enum Kind {
    /** 法人番号が同じ. */
    SAME_NUMBER,
    /** 商号が、書き方の違いを除けば同じ. */
    SAME_NAME,
    /** The very address is registered elsewhere. */
    SAME_MAIL,
    /** 一文字違いのアドレス. */
    MAIL_ONE_EDIT,
    /** ドメインだけが違うアドレス. */
    MAIL_OTHER_DOMAIN
  }

  /** A live supplier as it is compared, with the addresses of those who act for it. */
  public record Known(UUID id, String name, Optional<CorporateNumber> number, List<String> mails) {

    /** Keeps its own copy. */
    public Known {
      mails = List.copyOf(mails);
    }
  }

  /**
   * What is typed and is to be compared.
   *
   * @param itself the supplier it is registered as, which is never alike by name or number
   */
  public record Typed(
      Optional<UUID> itself,
      String name,
      Optional<CorporateNumber> number,
      Collection<String> mails) {

    /** Keeps its own copy. */
    public Typed {
      mails = List.copyOf(mails);
    }
  }
}

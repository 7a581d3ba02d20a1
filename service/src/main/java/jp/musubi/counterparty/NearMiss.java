package jp.musubi.counterparty;

import java.util.ArrayList;
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

  /** Everything alike, the surest first within each supplier. */
  public static List<NearMiss> of(Typed typed, Collection<Known> register) {
    var found = new ArrayList<NearMiss>();
    var key = OrganisationNames.key(typed.name());
    for (var known : register) {
      var own = typed.itself().map(known.id()::equals).orElse(false);
      if (!own && known.number().isPresent() && known.number().equals(typed.number())) {
        found.add(new NearMiss(Kind.SAME_NUMBER, known.id(), known.name(), number(known)));
      }
      if (!own && !key.isEmpty() && key.equals(OrganisationNames.key(known.name()))) {
        found.add(new NearMiss(Kind.SAME_NAME, known.id(), known.name(), known.name()));
      }
      for (var mail : typed.mails()) {
        known.mails().forEach(other -> mail(known, own, mail, other).ifPresent(found::add));
      }
    }
    return found;
  }

  private static Optional<NearMiss> mail(Known known, boolean own, String mail, String other) {
    if (mail.equalsIgnoreCase(other)) {
      return own
          ? Optional.empty()
          : Optional.of(new NearMiss(Kind.SAME_MAIL, known.id(), known.name(), other));
    }
    return MailLikeness.of(mail, other)
        .map(kind ->
            new NearMiss(
                switch (kind) {
                  case ONE_EDIT -> Kind.MAIL_ONE_EDIT;
                  case OTHER_DOMAIN -> Kind.MAIL_OTHER_DOMAIN;
                },
                known.id(),
                known.name(),
                other));
  }

  private static String number(Known known) {
    return known.number().map(CorporateNumber::digits).orElse("");
  }
}

package jp.musubi.signing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;
import jp.musubi.means.Holder;
import jp.musubi.means.Means;

/** What a link leads to, as it is at this moment. */
record Visit(
    Link link,
    Particulars contract,
    Party party,
    List<Agreement> agreements,
    Standing standing,
    Identification.Way identification,
    Optional<Means> means) {

  /** What a person is asked for at the door. */
  enum Ask {
    /** Nothing beside the link. */
    NOTHING,
    /** アクセスコード; of who has nothing registered yet, to register it. */
    CODE,
    /** 確認番号. */
    NUMBER,
    /** A code of the registered app. */
    APP,
    /** The registered passkey. */
    PASSKEY,
    /** Signing in at the registered provider, as the one who was registered. */
    EXTERNAL_ID
  }

  /** What is asked for. */
  Ask asks() {
    return switch (identification) {
      case MAIL -> Ask.NOTHING;
      case ACCESS_CODE -> Ask.CODE;
      case MAIL_CODE, SMS_CODE -> Ask.NUMBER;
      case TOTP -> means.isPresent() ? Ask.APP : Ask.CODE;
      case PASSKEY -> means.isPresent() ? Ask.PASSKEY : Ask.CODE;
      case EXTERNAL_ID_L2, EXTERNAL_ID_L3 -> means.isPresent() ? Ask.EXTERNAL_ID : Ask.CODE;
    };
  }

  /** Whether something has to be registered first. */
  boolean registers() {
    return identification.isRegistered() && means.isEmpty();
  }

  /** Whether somebody may be sent to a provider now: to show who they are, or to register. */
  boolean mayShowExternal(Grant grant, Instant now) {
    return identification.isExternal() && (!registers() || grant.permits(now));
  }

  /** Whether a session has shown what is asked for; what has ended since counts no more. */
  boolean isOpenTo(Grant grant) {
    return grant.opens(needsCode())
        && (!identification.isRegistered()
            || means.map(Means::id).filter(id -> id.equals(grant.means())).isPresent());
  }

  /**
   * The factors, the provider of an 外部のID by its name, and the access code where the means was
   * registered for this very contract.
   */
  private String factors() {
    var registeredHere =
        means.map(Means::party).filter(party.id()::equals).isPresent()
            ? "+" + Identification.Way.ACCESS_CODE
            : "";
    var external =
        means
            .flatMap(Means::external)
            .map(where -> identification.factors() + ":" + where.provider().name());
    return external.orElseGet(identification::factors).replaceFirst("(?=\\+)", registeredHere);
  }

  /** Whether something is asked for beside the link. */
  boolean needsCode() {
    return identification != Identification.Way.MAIL;
  }

  /** Who would register something. */
  Holder holder() {
    return new Holder(
        contract.id(), party.id(), Objects.requireNonNull(party.mail()), party.signature());
  }

  /** Who acts: the registered party, by this link. */
  Actor actor() {
    return new Actor(Actor.Kind.COUNTERPARTY, party.id().toString(), party.signature());
  }

  /** What the party has agreed to, if it has. */
  Optional<Agreement> agreement() {
    return agreements.stream().filter(each -> each.party().equals(party.id())).findFirst();
  }

  /** How the party was identified when it said this. */
  Agreement.Manner manner(Visitor visitor, String said) {
    return new Agreement.Manner(
        factors(), identification.level().name(), said, visitor.clientIp(), visitor.userAgent());
  }

  /** 当事者型: whether the party has to hand in a signature of its own before it may agree. */
  boolean owesSignature() {
    return party.ownSignature() && contract.ownSignature(party.id()).isEmpty();
  }

  /** Whether nothing of it is real. */
  boolean isPractice() {
    return link.id().equals(Practice.LINK);
  }

  /** Where the pages of this link lie, below the body's code. */
  String path(String bodyCode) {
    return "/s/%s/%s".formatted(bodyCode, link.id());
  }
}

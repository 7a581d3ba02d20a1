package jp.musubi.signing;

import java.util.List;
import java.util.Optional;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.evidence.Actor;

/** What a link leads to, as it is at this moment. */
record Visit(
    Link link,
    Particulars contract,
    Party party,
    List<Agreement> agreements,
    Standing standing,
    Identification.Way identification) {

  /** Whether something is asked for beside the link. */
  boolean needsCode() {
    return identification != Identification.Way.MAIL;
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
        identification.factors(),
        identification.level().name(),
        said,
        visitor.clientIp(),
        visitor.userAgent());
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

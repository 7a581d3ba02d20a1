package jp.musubi.signing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.InvitationPreview.Preview;
import jp.musubi.contract.Invitations;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.notification.Outbox;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Gives out links: each goes by mail to the party's registered address, and nowhere else. */
@Service
class LinkDesk implements Invitations {
  /** What somebody may ask for by the page of a dead link, in this time. */
  private static final Duration SHORT = Duration.ofMinutes(10);

  private static final Duration LONG = Duration.ofDays(1);
  private static final int LINKS_IN_A_DAY = 6;
  private static final Actor SERVICE = new Actor(Actor.Kind.SERVICE, "signing", "むすび");

  private final LinkStore links;
  private final LinkSecrets secrets;
  private final Letters letters;
  private final Outbox outbox;
  private final ConcludedMail enclosures;
  private final Contracts contracts;
  private final AuditTrail audit;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  LinkDesk(
      LinkStore links,
      LinkSecrets secrets,
      Letters letters,
      Outbox outbox,
      ConcludedMail enclosures,
      Contracts contracts,
      AuditTrail audit,
      ApplicationEventPublisher events,
      Clock clock) {
    this.links = links;
    this.secrets = secrets;
    this.letters = letters;
    this.outbox = outbox;
    this.enclosures = enclosures;
    this.contracts = contracts;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void reissue(ContractId contract, PartyId party) {
    var particulars = contracts.get(contract);
    var standing = standing(particulars, party);
    if (standing.isPresent() && !standing.get().isEnded()) {
      links.revokeAll(party, clock.instant());
      send(particulars, partyOf(particulars, party), standing.get());
      events.publishEvent(new Reissued(contract, party));
    }
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void remind(ContractId contract, PartyId party) {
    var particulars = contracts.get(contract);
    if (standing(particulars, party).filter(Standing.TO_DECIDE::equals).isPresent()) {
      links.revokeAll(party, clock.instant());
      var to = partyOf(particulars, party);
      var link = create(particulars, to, particulars.deadline().orElseThrow());
      post("reminder/" + link, particulars, to, letters.reminder(particulars, to, link));
    }
  }

  /**
   * A fresh link for whoever holds a dead one. Says nothing of whether there is such a link; the
   * live ones stay alive, so that a stranger with an old address can shut nobody out.
   */
  @Transactional
  public void refresh(UUID dead) {
    links.find(dead).ifPresent(this::refresh);
  }

  private void refresh(Link dead) {
    var now = clock.instant();
    var particulars = contracts.get(dead.contract());
    var standing = standing(particulars, dead.party());
    var mayHaveOne =
        links.countSince(dead.party(), now.minus(SHORT)) == 0
            && links.countSince(dead.party(), now.minus(LONG)) < LINKS_IN_A_DAY;
    if (mayHaveOne && standing.isPresent() && !standing.get().isEnded()) {
      var party = partyOf(particulars, dead.party());
      record("link.requested", particulars, party);
      send(particulars, party, standing.get());
    }
  }

  private void record(String action, Particulars contract, Party party) {
    audit.record(SERVICE, action, contract.id().value(), null, Map.of("party", party.signature()));
  }

  /** The party's turn has come: the first link. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void invite(ContractId contract, Party party) {
    var particulars = contracts.get(contract);
    var link = create(particulars, party, particulars.deadline().orElseThrow());
    record("link.issued", particulars, party);
    post(
        "invitation/%s/%s".formatted(contract, party.id()),
        particulars,
        party,
        letters.invitation(particulars, party, link));
  }

  /** 転送: the links of whoever decided before are dead, and somebody else is asked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void passOn(ContractId contract, Party to) {
    var particulars = contracts.get(contract);
    links.revokeAll(to.id(), clock.instant());
    var link = create(particulars, to, particulars.deadline().orElseThrow());
    record("link.issued", particulars, to);
    post("passed-on/" + link, particulars, to, letters.invitation(particulars, to, link));
  }

  /** 締結: the links of the party now read, and one more goes out with the news. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void announceConclusion(ContractId contract, Instant concludedAt) {
    var particulars = contracts.get(contract);
    var until = Wording.readableUntil(particulars, concludedAt);
    var enclosed = enclosures.of(particulars);
    for (var party : particulars.parties(Party.Kind.COUNTERPARTY)) {
      links.prolong(party.id(), until);
      var link = create(particulars, party, until);
      var letter = letters.concluded(particulars, party, link, concludedAt, enclosed);
      var occasion = "concluded/%s/%s".formatted(contract, party.id());
      if (enclosed instanceof ConcludedMail.Enclosed.File(var file)) {
        outbox.enqueue(
            occasion, contract.value(), address(party), letter.subject(), letter.body(), file);
      } else {
        post(occasion, particulars, party, letter);
      }
    }
  }

  private void send(Particulars particulars, Party party, Standing standing) {
    var expires =
        standing == Standing.CONCLUDED
            ? Wording.readableUntil(particulars, particulars.concludedAt().orElseThrow())
            : particulars.deadline().orElseThrow();
    if (!expires.isAfter(clock.instant())) {
      return;
    }
    var link = create(particulars, party, expires);
    var letter =
        standing == Standing.TO_DECIDE
            ? letters.invitation(particulars, party, link)
            : letters.freshLink(particulars, party, link);
    post("link/" + link, particulars, party, letter);
  }

  private UUID create(Particulars particulars, Party party, Instant expires) {
    var id = UUID.randomUUID();
    links.insert(
        new Link(
            id,
            particulars.id(),
            party.id(),
            secrets.hashOf(id),
            clock.instant(),
            expires,
            Optional.empty(),
            Optional.empty()));
    return id;
  }

  private void post(String occasion, Particulars particulars, Party party, Preview letter) {
    outbox.enqueue(
        occasion, particulars.id().value(), address(party), letter.subject(), letter.body());
  }

  private static String address(Party party) {
    var address = party.mail();
    if (address == null) {
      throw new IllegalStateException("counterparty " + party.id() + " has no mail address");
    }
    return address;
  }

  /** Where the contract stands for the party; empty while its turn has not come. */
  private Optional<Standing> standing(Particulars particulars, PartyId party) {
    var agreed =
        contracts.agreements(particulars.id()).stream().anyMatch(a -> a.party().equals(party));
    if (particulars.dispatchedAt().isEmpty()
        || (particulars.state().equals("AWAITING_AGREEMENTS")
            && !agreed
            && !contracts.isTurnOf(party, particulars.id()))) {
      return Optional.empty();
    }
    return Optional.of(Standing.of(particulars, agreed, clock.instant()));
  }

  private static Party partyOf(Particulars particulars, PartyId id) {
    return particulars.parties(Party.Kind.COUNTERPARTY).stream()
        .filter(party -> party.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}

package jp.musubi.signing;

import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.CouncilDecided;
import jp.musubi.contract.InvitationPreview.Preview;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.notification.Outbox;
import jp.musubi.question.Questions;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes to the counterparty about what happens to its contract, in the same transaction. */
@Component
class CounterpartyMail {
  private final LinkDesk desk;
  private final Letters letters;
  private final Contracts contracts;
  private final Outbox outbox;

  CounterpartyMail(LinkDesk desk, Letters letters, Contracts contracts, Outbox outbox) {
    this.desk = desk;
    this.letters = letters;
    this.contracts = contracts;
    this.outbox = outbox;
  }

  @EventListener
  void on(ContractEvent event) {
    switch (event) {
      case ContractEvent.TurnCame(var contract, var party) -> {
        if (party.kind() == Party.Kind.COUNTERPARTY) {
          desk.invite(contract, party);
        }
      }
      case ContractEvent.Agreed(var contract, var party) -> {
        if (party.kind() == Party.Kind.COUNTERPARTY) {
          receipt(contract, party);
        }
      }
      // Nobody outside has heard of it.
      case ContractEvent.HeldBack _ -> {}
      case ContractEvent.Concluded(var contract, var at) -> desk.announceConclusion(contract, at);
      case ContractEvent.Declined(var contract, var by, var reason) ->
          post("declined", contract, by, letters.declined(contracts.get(contract), by, reason));
      case ContractEvent.Returned(var contract, var by, var reason) ->
          post("returned", contract, by, letters.returned(contracts.get(contract), by, reason));
      case ContractEvent.Delegated(var contract, var from, var to) -> {
        desk.passOn(contract, to);
        post(
            "delegated-to-" + to.mail(),
            contract,
            from,
            letters.delegated(contracts.get(contract), from, to));
      }
      case ContractEvent.MovedToPaper(var contract, var reason) -> {
        var particulars = contracts.get(contract);
        if (particulars.dispatchedAt().isPresent()) {
          invited(particulars)
              .forEach(party ->
                  post(
                      "moved-to-paper",
                      contract,
                      party,
                      letters.movedToPaper(particulars, party, reason)));
        }
      }
      case ContractEvent.Withdrawn(var contract, var reason) -> {
        var particulars = contracts.get(contract);
        if (particulars.dispatchedAt().isPresent()) {
          invited(particulars)
              .forEach(party ->
                  post(
                      "withdrawn", contract, party, letters.withdrawn(particulars, party, reason)));
        }
      }
      case ContractEvent.Expired(var contract, _) -> {
        var particulars = contracts.get(contract);
        invited(particulars)
            .forEach(
                party -> post("expired", contract, party, letters.expired(particulars, party)));
      }
    }
  }

  @EventListener
  void on(CouncilDecided event) {
    var particulars = contracts.get(event.contract());
    particulars
        .parties(Party.Kind.COUNTERPARTY)
        .forEach(party ->
            post(
                "council-" + event.number(),
                event.contract(),
                party,
                letters.voted(particulars, party, event.vote())));
  }

  /** The answer goes to whoever decides for the party now, who has a link already. */
  @EventListener
  void on(Questions.Answered event) {
    var question = event.question();
    var particulars = contracts.get(question.contract());
    var party = particulars.party(question.party()).orElseThrow();
    post(
        "answered-" + question.id(),
        question.contract(),
        party,
        letters.answered(particulars, party, question));
  }

  private void receipt(ContractId contract, Party party) {
    var agreement =
        contracts.agreements(contract).stream()
            .filter(each -> each.party().equals(party.id()))
            .findFirst()
            .orElseThrow();
    post("agreed", contract, party, letters.agreed(contracts.get(contract), party, agreement));
  }

  /** The counterparties that know of the contract: their turn has come. */
  private static java.util.stream.Stream<Party> invited(Particulars particulars) {
    return particulars.order().asked(particulars.revisions().size()).stream()
        .filter(party -> party.kind() == Party.Kind.COUNTERPARTY);
  }

  private void post(String occasion, ContractId contract, Party party, Preview letter) {
    if (party.mail() != null) {
      outbox.enqueue(
          "%s/%s/%s".formatted(occasion, contract, party.id()),
          contract.value(),
          party.mail(),
          letter.subject(),
          letter.body());
    }
  }
}

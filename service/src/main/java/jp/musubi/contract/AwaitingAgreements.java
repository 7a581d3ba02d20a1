package jp.musubi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.musubi.seal.Sha256;

/**
 * 同意待ち. On its way round the parties, {@linkplain SigningOrder turn after turn}. A turn begins when
 * the seals of all before stand in the file; the bytes its parties are shown are the bytes that
 * stand under their seals (I5), also when others of the same turn are faster.
 *
 * @param parties in signing order
 * @param agreed who has agreed, in the order in which they did
 * @param sealed how many of those agreements have become seals
 * @param current digest of the file as it stood when this turn began, or with the own signature of
 *     the party whose turn it is
 * @param base digest of the file below that signature (当事者型); empty while there is none
 */
public record AwaitingAgreements(
    ContractId id,
    List<Party> parties,
    List<PartyId> agreed,
    int sealed,
    Sha256 current,
    Optional<Sha256> base,
    Instant deadline)
    implements Contract {

  /** Whose agreement is awaited now; nobody's while the seals between two turns are made. */
  public List<Party> turn() {
    return order().at(sealed).stream().filter(party -> !agreed.contains(party.id())).toList();
  }

  private SigningOrder order() {
    return new SigningOrder(parties);
  }

  private Optional<Party> awaited(PartyId who) {
    return turn().stream().filter(party -> party.id().equals(who)).findFirst();
  }

  /** Why a party that is not awaited is not. */
  private Refusal notAwaited(PartyId who) {
    if (agreed.contains(who)) {
      return new Refusal.AlreadyAgreed(who);
    }
    var next = order().next(agreed).stream().anyMatch(party -> party.id().equals(who));
    return next ? new Refusal.SealPending() : new Refusal.NotYourTurn(who);
  }

  /** Takes a party's agreement to the bytes it was shown. The last one starts 締結処理. */
  Decision agree(PartyId who, Sha256 shown, Instant now) {
    if (agreed.contains(who)) {
      return new Decision.Refused(new Refusal.AlreadyAgreed(who));
    }
    if (!now.isBefore(deadline)) {
      return new Decision.Refused(new Refusal.DeadlinePassed(deadline));
    }
    var party = awaited(who);
    if (party.isEmpty()) {
      return new Decision.Refused(notAwaited(who));
    }
    if (!shown.equals(current)) {
      return new Decision.Refused(new Refusal.DocumentChanged(shown, current));
    }
    if (party.get().ownSignature() && base.isEmpty()) {
      return new Decision.Refused(new Refusal.OwnSignatureMissing(who));
    }
    var all = new ArrayList<>(agreed);
    all.add(who);
    return new Decision.Accepted(
        all.size() == parties.size()
            ? new Contract.Concluding(id, parties.size(), sealed)
            : new AwaitingAgreements(
                id, parties, List.copyOf(all), sealed, current, base, deadline),
        List.of(new ContractEvent.Agreed(id, party.get())));
  }

  /**
   * 当事者型: a party puts its own signature upon the file it was given, before it agrees.
   *
   * @param given digest of the bytes that it signed
   * @param signed digest of the file with its signature, which is what it will agree to
   */
  Decision handIn(PartyId who, Sha256 given, Sha256 signed, Instant now) {
    if (!now.isBefore(deadline)) {
      return new Decision.Refused(new Refusal.DeadlinePassed(deadline));
    }
    return byCounterparty(
        who,
        party -> {
          if (!party.ownSignature()) {
            return new Decision.Refused(new Refusal.OwnSignatureNotAsked(who));
          }
          return !given.equals(current) || base.isPresent()
              ? new Decision.Refused(new Refusal.DocumentChanged(given, current))
              : new Decision.Accepted(
                  new AwaitingAgreements(
                      id, parties, agreed, sealed, signed, Optional.of(current), deadline),
                  List.of());
        });
  }

  /** A party takes its own signature back, to sign anew: the file is again as it was given. */
  Decision takeBack(PartyId who) {
    return byCounterparty(
        who,
        party ->
            base.<Decision>map(given ->
                    new Decision.Accepted(
                        new AwaitingAgreements(
                            id, parties, agreed, sealed, given, Optional.empty(), deadline),
                        List.of()))
                .orElseGet(() -> new Decision.Refused(new Refusal.OwnSignatureMissing(who))));
  }

  /** Records that the next agreement has become a seal; after a turn's last, the next begins. */
  Decision advance(int ordinal, Sha256 file) {
    if (ordinal != sealed || sealed == agreed.size()) {
      return new Decision.Refused(new Refusal.SealNotAwaited(ordinal));
    }
    var made = sealed + 1;
    if (order().begun(made) < made) {
      return new Decision.Accepted(
          new AwaitingAgreements(id, parties, agreed, made, current, base, deadline), List.of());
    }
    return new Decision.Accepted(
        new AwaitingAgreements(id, parties, agreed, made, file, Optional.empty(), deadline),
        order().at(made).stream()
            .<ContractEvent>map(party -> new ContractEvent.TurnCame(id, party))
            .toList());
  }

  /** 辞退: a counterparty whose turn it is will not agree. */
  Decision decline(PartyId who, String reason, Instant now) {
    return byCounterparty(
        who,
        party ->
            new Decision.Accepted(
                new Contract.Declined(id, now, reason),
                List.of(new ContractEvent.Declined(id, party, reason))));
  }

  /** 取消: the body takes the contract back. */
  Decision withdraw(String reason, Instant now) {
    return new Decision.Accepted(
        new Contract.Withdrawn(id, now, reason), List.of(new ContractEvent.Withdrawn(id, reason)));
  }

  /** 期限切れ: the deadline has come and somebody has not agreed. */
  Decision expire(Instant now) {
    return now.isBefore(deadline)
        ? new Decision.Refused(new Refusal.NotYetDue(deadline))
        : new Decision.Accepted(
            new Contract.Expired(id, now), List.of(new ContractEvent.Expired(id, deadline)));
  }

  /**
   * 転送: a counterparty names somebody of its own who will decide instead; whoever it was may not
   * any more.
   */
  Decision delegate(PartyId who, Delegate to, Instant now) {
    if (!now.isBefore(deadline)) {
      return new Decision.Refused(new Refusal.DeadlinePassed(deadline));
    }
    return byCounterparty(
        who,
        from -> {
          var next = from.delegatedTo(to);
          var all = parties.stream().map(party -> party.equals(from) ? next : party).toList();
          return new Decision.Accepted(
              new AwaitingAgreements(id, all, agreed, sealed, current, base, deadline),
              List.of(new ContractEvent.Delegated(id, from, next)));
        });
  }

  /** 差戻し: a counterparty asks for a contract that says something else. */
  Decision sendBack(PartyId who, String reason, Instant now) {
    return byCounterparty(
        who,
        party ->
            new Decision.Accepted(
                new Contract.Returned(id, now, reason),
                List.of(new ContractEvent.Returned(id, party, reason))));
  }

  /** 紙へ切替: the body goes on with paper. */
  Decision moveToPaper(String reason, Instant now) {
    return new Decision.Accepted(
        new Contract.OnPaper(id, now, reason), List.of(new ContractEvent.MovedToPaper(id, reason)));
  }

  private Decision byCounterparty(PartyId who, Function<Party, Decision> step) {
    var party = awaited(who);
    if (party.isEmpty()) {
      return new Decision.Refused(notAwaited(who));
    }
    return party.get().kind() == Party.Kind.COUNTERPARTY
        ? step.apply(party.get())
        : new Decision.Refused(new Refusal.NotYourTurn(who));
  }
}

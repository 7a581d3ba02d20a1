package jp.musubi.contract;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.Sha256;

/**
 * 契約 at one point of its life. Each state offers only the steps that are lawful from it; every step
 * is a pure function of the state and its arguments.
 *
 * <pre>
 * 下書き ──dispatch──▶ 同意待ち ──agree (last)──▶ 締結処理中 ──conclude──▶ 締結済
 *                        │ ├─decline──▶ 辞退
 *                        │ ├─withdraw─▶ 取消
 *                        │ └─expire───▶ 期限切れ
 * </pre>
 */
public sealed interface Contract {
  ContractId id();

  /** 下書き. Only the body knows of it; everything may still change. */
  record Draft(ContractId id, Sha256 prepared) implements Contract {

    /**
     * Sends the contract on its way. The sender's own seal is the first (LAW-11), so sending is an
     * agreement of the first party to the prepared bytes.
     *
     * @param parties in {@linkplain SigningOrder signing order}, the sender first
     * @param shown digest of the bytes the sender saw when sending
     */
    Decision dispatch(List<Party> parties, Sha256 shown, Instant deadline, Instant now) {
      if (!deadline.isAfter(now)) {
        return new Decision.Refused(new Refusal.DeadlinePassed(deadline));
      }
      if (!shown.equals(prepared)) {
        return new Decision.Refused(new Refusal.DocumentChanged(shown, prepared));
      }
      if (!new SigningOrder(parties).isComplete()) {
        return new Decision.Refused(new Refusal.PartiesIncomplete());
      }
      var sender = parties.getFirst();
      return new Decision.Accepted(
          new AwaitingAgreements(
              id, List.copyOf(parties), List.of(sender.id()), 0, prepared, deadline),
          List.of(new ContractEvent.Agreed(id, sender)));
    }
  }

  /**
   * 同意待ち. On its way round the parties, {@linkplain SigningOrder turn after turn}. A turn begins
   * when the seals of all before stand in the file; the bytes its parties are shown are the bytes
   * that stand under their seals (I5), also when others of the same turn are faster.
   *
   * @param parties in signing order
   * @param agreed who has agreed, in the order in which they did
   * @param sealed how many of those agreements have become seals
   * @param current digest of the file as it stood when this turn began
   */
  record AwaitingAgreements(
      ContractId id,
      List<Party> parties,
      List<PartyId> agreed,
      int sealed,
      Sha256 current,
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
      var all = new ArrayList<>(agreed);
      all.add(who);
      return new Decision.Accepted(
          all.size() == parties.size()
              ? new Concluding(id, parties.size(), sealed)
              : new AwaitingAgreements(id, parties, List.copyOf(all), sealed, current, deadline),
          List.of(new ContractEvent.Agreed(id, party.get())));
    }

    /** Records that the next agreement has become a seal; after a turn's last, the next begins. */
    Decision advance(int ordinal, Sha256 file) {
      if (ordinal != sealed || sealed == agreed.size()) {
        return new Decision.Refused(new Refusal.SealNotAwaited(ordinal));
      }
      var made = sealed + 1;
      if (order().begun(made) < made) {
        return new Decision.Accepted(
            new AwaitingAgreements(id, parties, agreed, made, current, deadline), List.of());
      }
      return new Decision.Accepted(
          new AwaitingAgreements(id, parties, agreed, made, file, deadline),
          order().at(made).stream()
              .<ContractEvent>map(party -> new ContractEvent.TurnCame(id, party))
              .toList());
    }

    /** 辞退: a party whose turn it is will not agree. */
    Decision decline(PartyId who, String reason, Instant now) {
      var party = awaited(who);
      if (party.isEmpty()) {
        return new Decision.Refused(notAwaited(who));
      }
      if (party.get().kind() != Party.Kind.COUNTERPARTY) {
        return new Decision.Refused(new Refusal.NotYourTurn(who));
      }
      return new Decision.Accepted(
          new Declined(id, now, reason),
          List.of(new ContractEvent.Declined(id, party.get(), reason)));
    }

    /** 取消: the body takes the contract back. */
    Decision withdraw(String reason, Instant now) {
      return new Decision.Accepted(
          new Withdrawn(id, now, reason), List.of(new ContractEvent.Withdrawn(id, reason)));
    }

    /** 期限切れ: the deadline has come and somebody has not agreed. */
    Decision expire(Instant now) {
      return now.isBefore(deadline)
          ? new Decision.Refused(new Refusal.NotYetDue(deadline))
          : new Decision.Accepted(
              new Expired(id, now), List.of(new ContractEvent.Expired(id, deadline)));
    }
  }

  /**
   * 締結処理中. All have agreed; the file is being sealed, timestamped, validated and stored.
   *
   * @param seals how many the file is to have
   * @param sealed how many it has
   */
  record Concluding(ContractId id, int seals, int sealed) implements Contract {

    /** Records a seal that is not the last: several of the last turn may still be to make. */
    Decision advance(int ordinal) {
      return ordinal != sealed || sealed + 1 >= seals
          ? new Decision.Refused(new Refusal.SealNotAwaited(ordinal))
          : new Decision.Accepted(new Concluding(id, seals, sealed + 1), List.of());
    }

    /**
     * 締結: only with the stored, validated B-LTA file and its certificate.
     *
     * @param ordinal of the seal that is the last in the file
     * @param at time in the last signature's timestamp (LAW-6)
     */
    Decision conclude(
        int ordinal, Sha256 file, Sha256 certificate, Sha256 certificateMasked, Instant at) {
      return ordinal != sealed || sealed + 1 != seals
          ? new Decision.Refused(new Refusal.SealNotAwaited(ordinal))
          : new Decision.Accepted(
              new Concluded(id, at, file, certificate, certificateMasked),
              List.of(new ContractEvent.Concluded(id, at)));
    }
  }

  /** 締結済. Nothing may change any more. */
  record Concluded(
      ContractId id, Instant at, Sha256 file, Sha256 certificate, Sha256 certificateMasked)
      implements Contract {}

  /** 辞退. */
  record Declined(ContractId id, Instant at, String reason) implements Contract {}

  /** 取消. */
  record Withdrawn(ContractId id, Instant at, String reason) implements Contract {}

  /** 期限切れ. */
  record Expired(ContractId id, Instant at) implements Contract {}
}

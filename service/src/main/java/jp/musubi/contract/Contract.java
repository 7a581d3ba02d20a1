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
     * @param parties in signing order, the sender first
     * @param shown digest of the bytes the sender saw when sending
     */
    Decision dispatch(List<Party> parties, Sha256 shown, Instant deadline, Instant now) {
      if (!deadline.isAfter(now)) {
        return new Decision.Refused(new Refusal.DeadlinePassed(deadline));
      }
      if (!shown.equals(prepared)) {
        return new Decision.Refused(new Refusal.DocumentChanged(shown, prepared));
      }
      if (parties.size() < 2 || parties.getFirst().kind() != Party.Kind.SENDER) {
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
   * 同意待ち. On its way round the parties, in order. A party's turn comes when everybody before has
   * agreed and the seals of all of them stand in the file, because the bytes the party is shown are
   * the bytes that get signed (I5).
   *
   * @param parties in signing order
   * @param agreed who has agreed, in order
   * @param sealed how many of those agreements have become seals
   * @param current digest of the file as it stands
   */
  record AwaitingAgreements(
      ContractId id,
      List<Party> parties,
      List<PartyId> agreed,
      int sealed,
      Sha256 current,
      Instant deadline)
      implements Contract {

    /** Whose agreement is awaited now; nobody's while a seal is being made. */
    public Optional<Party> turn() {
      return sealed == agreed.size() ? Optional.of(next()) : Optional.empty();
    }

    /** Who has to agree next, now or as soon as the seal before is made. */
    public Party next() {
      return parties.get(agreed.size());
    }

    /** Takes a party's agreement to the bytes it was shown. The last one starts 締結処理. */
    Decision agree(PartyId who, Sha256 shown, Instant now) {
      if (agreed.contains(who)) {
        return new Decision.Refused(new Refusal.AlreadyAgreed(who));
      }
      if (!now.isBefore(deadline)) {
        return new Decision.Refused(new Refusal.DeadlinePassed(deadline));
      }
      if (!next().id().equals(who)) {
        return new Decision.Refused(new Refusal.NotYourTurn(who));
      }
      if (sealed < agreed.size()) {
        return new Decision.Refused(new Refusal.SealPending());
      }
      if (!shown.equals(current)) {
        return new Decision.Refused(new Refusal.DocumentChanged(shown, current));
      }
      var event = new ContractEvent.Agreed(id, next());
      var all = new ArrayList<>(agreed);
      all.add(who);
      return new Decision.Accepted(
          all.size() == parties.size()
              ? new Concluding(id)
              : new AwaitingAgreements(id, parties, List.copyOf(all), sealed, current, deadline),
          List.of(event));
    }

    /** Records that the newest agreement has become a seal; the next party's turn begins. */
    Decision advance(int ordinal, Sha256 file) {
      if (ordinal != sealed || sealed == agreed.size()) {
        return new Decision.Refused(new Refusal.SealNotAwaited(ordinal));
      }
      var next = new AwaitingAgreements(id, parties, agreed, sealed + 1, file, deadline);
      return new Decision.Accepted(
          next,
          next.turn()
              .<List<ContractEvent>>map(p -> List.of(new ContractEvent.TurnCame(id, p)))
              .orElse(List.of()));
    }

    /** 辞退: the party whose turn it is will not agree. */
    Decision decline(PartyId who, String reason, Instant now) {
      if (!next().id().equals(who) || next().kind() != Party.Kind.COUNTERPARTY) {
        return new Decision.Refused(new Refusal.NotYourTurn(who));
      }
      return new Decision.Accepted(
          new Declined(id, now, reason), List.of(new ContractEvent.Declined(id, next(), reason)));
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

  /** 締結処理中. All have agreed; the file is being sealed, timestamped, validated and stored. */
  record Concluding(ContractId id) implements Contract {

    /**
     * 締結: only with the stored, validated B-LTA file and its certificate.
     *
     * @param at time in the last signature's timestamp (LAW-6)
     */
    Decision conclude(Sha256 file, Sha256 certificate, Sha256 certificateMasked, Instant at) {
      return new Decision.Accepted(
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

package jp.musubi.contract;

import java.time.Instant;
import java.util.List;
import jp.musubi.seal.Sha256;

/**
 * 契約 at one point of its life. Each state offers only the steps that are lawful from it; every step
 * is a pure function of the state and its arguments.
 *
 * <pre>
 * 下書き ──dispatch──▶ 同意待ち ──agree (last)──▶ 締結処理中 ──conclude──▶ 締結済
 *   │                    │ ├─decline──▶ 辞退
 *   │                    │ ├─sendBack─▶ 差戻し
 *   │                    │ ├─withdraw─▶ 取消
 *   │                    │ └─expire───▶ 期限切れ
 *   └─────moveToPaper────┴────────────▶ 紙で締結
 * </pre>
 */
public sealed interface Contract
    permits AwaitingAgreements,
        Contract.Draft,
        Contract.Concluding,
        Contract.Concluded,
        Contract.Declined,
        Contract.Returned,
        Contract.Withdrawn,
        Contract.Expired,
        Contract.OnPaper {
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

    /** 紙へ切替, before anybody outside knows of it. */
    Decision moveToPaper(String reason, Instant now) {
      return new Decision.Accepted(
          new OnPaper(id, now, reason), List.of(new ContractEvent.MovedToPaper(id, reason)));
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

  /** 差戻し. A counterparty wants it otherwise; the body may make another. */
  record Returned(ContractId id, Instant at, String reason) implements Contract {}

  /** 紙で締結. It stays in the register, and is concluded on paper. */
  record OnPaper(ContractId id, Instant at, String reason) implements Contract {}

  /** 取消. */
  record Withdrawn(ContractId id, Instant at, String reason) implements Contract {}

  /** 期限切れ. */
  record Expired(ContractId id, Instant at) implements Contract {}
}

package jp.musubi.contract;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.Sha256;

/**
 * 契約 at one point of its life. Each state offers only the steps that are lawful from it; every step
 * is a pure function of the state and its arguments.
 *
 * <pre>
 * 下書き ──dispatch──▶ 同意待ち ──agree (last)──▶ 締結処理中 ──conclude──▶ 締結済
 *  ▲ │ │                │ ├─decline──▶ 辞退
 *  │ │ └─schedule─▶ 送信予約 ─release─▶ 同意待ち
 *  └─┼──unschedule──────┘ ├─sendBack─▶ 差戻し
 *    │                    ├─withdraw─▶ 取消
 *    │                    ├─expire───▶ 期限切れ
 *    ├────moveToPaper─────┴──────────▶ 紙で締結
 *    └────withdraw───────────────────▶ 取消
 *
 * 締結済・他社サービスで締結 ──dispose──▶ 廃棄済
 * （他社サービスで締結: registered with its file, and never anything else before）
 * </pre>
 */
public sealed interface Contract
    permits AwaitingAgreements,
        Contract.Draft,
        Contract.Scheduled,
        Contract.Concluding,
        Contract.Kept,
        Contract.Disposed,
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
      var refused = refused(parties, shown, deadline, now);
      if (refused.isPresent()) {
        return new Decision.Refused(refused.get());
      }
      var sender = parties.getFirst();
      return new Decision.Accepted(
          new AwaitingAgreements(
              id,
              List.copyOf(parties),
              List.of(sender.id()),
              0,
              prepared,
              Optional.empty(),
              deadline),
          List.of(new ContractEvent.Agreed(id, sender)));
    }

    /**
     * 予約送信: it will be dispatched by itself, as it is, when the moment has come.
     *
     * @param releaseAt after now and before the deadline
     */
    Decision schedule(
        List<Party> parties, Sha256 shown, Instant deadline, Instant releaseAt, Instant now) {
      var refused = refused(parties, shown, deadline, now);
      if (refused.isPresent()) {
        return new Decision.Refused(refused.get());
      }
      return releaseAt.isAfter(now) && releaseAt.isBefore(deadline)
          ? new Decision.Accepted(new Scheduled(id, prepared, releaseAt, deadline), List.of())
          : new Decision.Refused(new Refusal.UnfitRelease(releaseAt, deadline));
    }

    private Optional<Refusal> refused(
        List<Party> parties, Sha256 shown, Instant deadline, Instant now) {
      if (!deadline.isAfter(now)) {
        return Optional.of(new Refusal.DeadlinePassed(deadline));
      }
      if (!shown.equals(prepared)) {
        return Optional.of(new Refusal.DocumentChanged(shown, prepared));
      }
      var order = new SigningOrder(parties);
      if (!order.isComplete()) {
        return Optional.of(new Refusal.PartiesIncomplete());
      }
      return order.crowded().isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Refusal.OwnSignatureNotAlone(
                  order.crowded().stream().map(Party::signature).toList()));
    }

    /** 中止: it was never sent, and will not be. */
    Decision withdraw(String reason, Instant now) {
      return new Decision.Accepted(
          new Withdrawn(id, now, reason), List.of(new ContractEvent.Withdrawn(id, reason)));
    }

    /** 紙へ切替, before anybody outside knows of it. */
    Decision moveToPaper(String reason, Instant now) {
      return new Decision.Accepted(
          new OnPaper(id, now, reason), List.of(new ContractEvent.MovedToPaper(id, reason)));
    }
  }

  /** 送信予約. Reviewed and settled; only the body knows of it, and nothing of it changes any more. */
  record Scheduled(ContractId id, Sha256 prepared, Instant releaseAt, Instant deadline)
      implements Contract {

    /** The moment has come: what was scheduled is dispatched, as it was. */
    Decision release(List<Party> parties, Instant now) {
      return now.isBefore(releaseAt)
          ? new Decision.Refused(new Refusal.NotYetDue(releaseAt))
          : new Draft(id, prepared).dispatch(parties, prepared, deadline, now);
    }

    /** 予約の取りやめ: a draft again, whether somebody wanted it or it could not leave. */
    Decision unschedule(Optional<Refusal> because) {
      return new Decision.Accepted(
          new Draft(id, prepared),
          because.stream()
              .<ContractEvent>map(refusal -> new ContractEvent.HeldBack(id, releaseAt, refusal))
              .toList());
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

  /** What is concluded, here or elsewhere, and kept: nothing of it changes any more. */
  sealed interface Kept extends Contract permits Concluded, Elsewhere {
    /** When it was concluded. */
    Instant at();

    /** The file of it. */
    Sha256 file();

    /** 廃棄. Whether it may be is settled by two people before; the database insists on it. */
    default Decision dispose() {
      return new Decision.Accepted(new Disposed(this), List.of());
    }
  }

  /** 締結済. Nothing may change any more; when 保存年限 has ended it may be disposed of. */
  record Concluded(
      ContractId id, Instant at, Sha256 file, Sha256 certificate, Sha256 certificateMasked)
      implements Kept {}

  /**
   * 他社サービスで締結. It was concluded by other means than ours; its file is kept byte for byte, and
   * nothing of ours is ever written into it.
   */
  record Elsewhere(ContractId id, Instant at, Sha256 file) implements Kept {

    /**
     * 登録: the only way into this state, and it has none before.
     *
     * @param at when it was concluded: the proven time of the last signature, or the day people say
     */
    static Decision register(ContractId id, Instant at, Sha256 file, Instant now) {
      return at.isAfter(now)
          ? new Decision.Refused(new Refusal.NotYetDue(at))
          : new Decision.Accepted(new Elsewhere(id, at, file), List.of());
    }
  }

  /** 廃棄済. Its files are erased, or are being; what it was concluded as is known. */
  record Disposed(Kept was) implements Contract {
    @Override
    public ContractId id() {
      return was.id();
    }
  }

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

package jp.musubi.contract;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/** The columns of {@code contract} that a state decides, there and back. */
record StateRow(
    String state,
    @Nullable Instant releaseAt,
    @Nullable Instant concludedAt,
    @Nullable String file,
    @Nullable String certificate,
    @Nullable String certificateMasked,
    @Nullable Instant endedAt,
    @Nullable String endReason) {

  /** What is written for a state. */
  static StateRow of(Contract contract) {
    return switch (contract) {
      case Contract.Draft _ -> plain("DRAFT");
      case Contract.Scheduled c ->
          new StateRow("SCHEDULED", c.releaseAt(), null, null, null, null, null, null);
      case AwaitingAgreements _ -> plain("AWAITING_AGREEMENTS");
      case Contract.Concluding _ -> plain("CONCLUDING");
      case Contract.Concluded c -> concluded("CONCLUDED", c);
      case Contract.Elsewhere c -> elsewhere("ELSEWHERE", c);
      case Contract.Disposed(Contract.Concluded was) -> concluded("DISPOSED", was);
      case Contract.Disposed(Contract.Elsewhere was) -> elsewhere("DISPOSED", was);
      case Contract.Declined c -> ended("DECLINED", c.at(), c.reason());
      case Contract.Returned c -> ended("RETURNED", c.at(), c.reason());
      case Contract.OnPaper c -> ended("ON_PAPER", c.at(), c.reason());
      case Contract.Withdrawn c -> ended("WITHDRAWN", c.at(), c.reason());
      case Contract.Expired c -> ended("EXPIRED", c.at(), null);
    };
  }

  /**
   * The state that a contract's record stands for.
   *
   * @param agreed who has agreed, in the order in which they did
   */
  static Contract read(Particulars p, Supplier<List<PartyId>> agreed) {
    return switch (p.state()) {
      case "DRAFT" -> new Contract.Draft(p.id(), p.currentFile());
      case "SCHEDULED" ->
          new Contract.Scheduled(
              p.id(), prepared(p), p.releaseAt().orElseThrow(), p.deadline().orElseThrow());
      case "AWAITING_AGREEMENTS" ->
          new AwaitingAgreements(
              p.id(),
              p.parties(),
              agreed.get(),
              p.revisions().size(),
              p.shownFile(),
              p.ownSignatureOver(p.revisions().size()).map(OwnSignature::base),
              p.deadline().orElseThrow());
      case "CONCLUDING" ->
          new Contract.Concluding(p.id(), p.parties().size(), p.revisions().size());
      case "CONCLUDED" -> concluded(p);
      case "ELSEWHERE" -> elsewhere(p);
      // What was concluded here has its certificate, and nothing else has one.
      case "DISPOSED" ->
          new Contract.Disposed(p.certificate().isPresent() ? concluded(p) : elsewhere(p));
      case "DECLINED" -> new Contract.Declined(p.id(), ended(p), reason(p));
      case "RETURNED" -> new Contract.Returned(p.id(), ended(p), reason(p));
      case "ON_PAPER" -> new Contract.OnPaper(p.id(), ended(p), reason(p));
      case "WITHDRAWN" -> new Contract.Withdrawn(p.id(), ended(p), reason(p));
      case "EXPIRED" -> new Contract.Expired(p.id(), ended(p));
      default -> throw new IllegalStateException("unknown state " + p.state());
    };
  }

  private static StateRow concluded(String state, Contract.Concluded c) {
    return new StateRow(
        state,
        null,
        c.at(),
        c.file().hex(),
        c.certificate().hex(),
        c.certificateMasked().hex(),
        null,
        null);
  }

  private static Contract.Concluded concluded(Particulars p) {
    return new Contract.Concluded(
        p.id(),
        p.concludedAt().orElseThrow(),
        p.finalFile().orElseThrow(),
        p.certificate().orElseThrow(),
        p.certificateMasked().orElseThrow());
  }

  private static StateRow elsewhere(String state, Contract.Elsewhere c) {
    return new StateRow(state, null, c.at(), c.file().hex(), null, null, null, null);
  }

  private static Contract.Elsewhere elsewhere(Particulars p) {
    return new Contract.Elsewhere(
        p.id(), p.concludedAt().orElseThrow(), p.finalFile().orElseThrow());
  }

  private static StateRow plain(String state) {
    return new StateRow(state, null, null, null, null, null, null, null);
  }

  private static StateRow ended(String state, Instant at, @Nullable String reason) {
    return new StateRow(state, null, null, null, null, null, at, reason);
  }

  private static Sha256 prepared(Particulars p) {
    return p.prepared().orElseThrow();
  }

  private static Instant ended(Particulars p) {
    return p.endedAt().orElseThrow();
  }

  private static String reason(Particulars p) {
    return p.endReason().orElse("");
  }
}

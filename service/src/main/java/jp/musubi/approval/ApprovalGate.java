package jp.musubi.approval;

import java.util.Optional;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.SendingGate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** 承認の関門. A draft under approval stays as it is; and what a route covers leaves approved or not. */
@Component
@Transactional(readOnly = true)
class ApprovalGate implements SendingGate {
  private final ApprovalReading approvals;
  private final Routes routes;
  private final ApprovalRules rules;

  ApprovalGate(ApprovalReading approvals, Routes routes, ApprovalRules rules) {
    this.approvals = approvals;
    this.routes = routes;
    this.rules = rules;
  }

  @Override
  public Optional<Refusal> refusesSending(Particulars draft) {
    var latest = approvals.latest(draft.id()).map(ApprovalStore.Stored::value);
    var same = latest.isPresent() && latest.get().asked().subject().equals(Contents.of(draft));
    if (latest.isPresent()) {
      switch (latest.get()) {
        case Approval.UnderWay _ -> {
          return Optional.of(new Refusal.UnderApproval());
        }
        // What was approved may go, whatever the routes say by now; what was returned may not.
        case Approval.Approved _ when same -> {
          return Optional.empty();
        }
        case Approval.Returned _ when same -> {
          return Optional.of(new Refusal.ApprovalMissing());
        }
        case Approval.Approved _,
            Approval.Returned _,
            Approval.Recalled _,
            Approval.Rerouted _ -> {}
      }
    }
    if (routes.chosenFor(draft).isPresent()) {
      return Optional.of(
          latest.filter(Approval.Approved.class::isInstance).isPresent()
              ? new Refusal.ApprovalOutdated()
              : new Refusal.ApprovalMissing());
    }
    return rules.current().required()
        ? Optional.of(new Refusal.NoApprovalRoute())
        : Optional.empty();
  }

  @Override
  public Optional<Refusal> refusesEditing(ContractId draft) {
    return approvals
        .latest(draft)
        .filter(stored -> stored.value() instanceof Approval.UnderWay)
        .map(_ -> new Refusal.UnderApproval());
  }

  @Override
  public Optional<Standing> standing(Particulars draft) {
    var path = "/contracts/" + draft.id() + "/approval";
    var latest = approvals.latest(draft.id()).map(ApprovalStore.Stored::value);
    if (!draft.state().equals("DRAFT")) {
      return latest.map(_ -> standing("record", path, false, false));
    }
    var refused = refusesSending(draft);
    if (refused.isEmpty()) {
      return latest
          .filter(Approval.Approved.class::isInstance)
          .filter(approval -> approval.asked().subject().equals(Contents.of(draft)))
          .map(_ -> standing("given", path, false, false));
    }
    return Optional.of(
        switch (refused.get()) {
          case Refusal.UnderApproval _ -> standing("waiting", path, true, true);
          case Refusal.NoApprovalRoute _ -> standing("noRoute", path, true, false);
          case Refusal.ApprovalOutdated _ -> standing("outdated", path + "/request", true, false);
          default ->
              latest.filter(Approval.Returned.class::isInstance).isPresent()
                  ? standing("returned", path, true, false)
                  : standing("missing", path + "/request", true, false);
        });
  }

  private static Standing standing(String which, String path, boolean holds, boolean settles) {
    var key = "approval.standing." + which;
    return new Standing(key, key + ".text", key + ".link", path, holds, settles);
  }
}

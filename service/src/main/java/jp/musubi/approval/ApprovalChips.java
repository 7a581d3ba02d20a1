package jp.musubi.approval;

import java.util.Optional;
import jp.musubi.platform.web.Chip;

/** How approvals stand, in one word each. */
final class ApprovalChips {
  private ApprovalChips() {}

  /** 一致・不一致・未照合. */
  static Chip comparison(Decided.Comparison comparison) {
    var label = "approval.comparison." + comparison;
    return switch (comparison) {
      case SAME -> new Chip(Chip.Mood.OK, "check", label);
      case DIFFERENT -> new Chip(Chip.Mood.STOP, "x", label);
      case NOT_COMPARED -> new Chip(Chip.Mood.WARN, "alert", label);
    };
  }

  /** How an approval stands; empty where there is none. */
  static Chip of(Optional<Approval> approval) {
    if (approval.isEmpty()) {
      return new Chip(Chip.Mood.NEUTRAL, "file", "approval.state.NONE");
    }
    return switch (approval.get()) {
      case Approval.UnderWay _ -> new Chip(Chip.Mood.ACTIVE, "clock", "approval.state.UNDER_WAY");
      case Approval.Approved _ -> new Chip(Chip.Mood.OK, "check", "approval.state.APPROVED");
      case Approval.Returned _ -> new Chip(Chip.Mood.STOP, "back", "approval.state.RETURNED");
      case Approval.Rerouted _ -> new Chip(Chip.Mood.NEUTRAL, "back", "approval.state.REROUTED");
      case Approval.Recalled _ -> new Chip(Chip.Mood.NEUTRAL, "back", "approval.state.RECALLED");
    };
  }
}

package jp.musubi.seal.validation;

import java.util.ArrayList;
import java.util.List;

/** Collects what speaks against one signature or timestamp; the gravest counts. */
final class Judgement {
  private Indication indication = Indication.TOTAL_PASSED;
  private final List<Reason> reasons = new ArrayList<>();
  private final List<Reason> warnings = new ArrayList<>();

  void failed(String what, String subIndication, String detail) {
    indication = Indication.TOTAL_FAILED;
    reasons.addFirst(new Reason(what, subIndication, detail));
  }

  void undecided(String what, String subIndication, String detail) {
    if (indication == Indication.TOTAL_PASSED) {
      indication = Indication.INDETERMINATE;
    }
    reasons.add(new Reason(what, subIndication, detail));
  }

  /** Something to mind that does not speak against it. */
  void warned(String what, String detail) {
    warnings.add(new Reason(what, "", detail));
  }

  /** Takes over what speaks against something this one rests on. */
  void restsOn(Judgement other) {
    for (var reason : other.reasons) {
      if (other.indication == Indication.TOTAL_FAILED) {
        failed(reason.what(), reason.subIndication(), reason.detail());
      } else {
        undecided(reason.what(), reason.subIndication(), reason.detail());
      }
    }
    warnings.addAll(other.warnings);
  }

  boolean passed() {
    return indication == Indication.TOTAL_PASSED;
  }

  Indication indication() {
    return indication;
  }

  String subIndication() {
    return reasons.isEmpty() ? "" : reasons.getFirst().subIndication();
  }

  /** What is to be minded even if all is well. */
  List<Reason> warnings() {
    return List.copyOf(warnings);
  }

  List<Reason> reasons() {
    return List.copyOf(reasons);
  }
}

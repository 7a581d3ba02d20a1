package jp.musubi.seal.validation;

import java.util.ArrayList;
import java.util.List;

/** Collects what speaks against one signature or timestamp; the gravest counts. */
final class Judgement {
  private Indication indication = Indication.TOTAL_PASSED;
  private final List<Reason> reasons = new ArrayList<>();

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

  /** Takes over what speaks against something this one rests on. */
  void restsOn(Judgement other) {
    for (var reason : other.reasons) {
      if (other.indication == Indication.TOTAL_FAILED) {
        failed(reason.what(), reason.subIndication(), reason.detail());
      } else {
        undecided(reason.what(), reason.subIndication(), reason.detail());
      }
    }
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

  List<Reason> reasons() {
    return List.copyOf(reasons);
  }
}

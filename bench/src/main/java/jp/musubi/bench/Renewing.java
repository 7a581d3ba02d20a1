package jp.musubi.bench;

import java.util.List;

/** 更新の計測 — Nothing yet: this engine has no renewal in batches, and the run says so. */
final class Renewing {
  private Renewing() {}

  /** Tells that there is nothing to measure. */
  static List<RenewRow> run(Course course) {
    course.tell("not measured: renew: this engine renews no batches yet");
    return List.of();
  }
}

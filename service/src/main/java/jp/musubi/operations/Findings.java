package jp.musubi.operations;

import java.util.ArrayList;
import java.util.List;

/** Collects what one body's data does not keep. */
final class Findings {
  private final String body;
  private final List<Violation> found = new ArrayList<>();

  Findings(String body) {
    this.body = body;
  }

  void add(String invariant, String code, String subject, String detail) {
    found.add(new Violation(invariant, code, body, subject, detail));
  }

  List<Violation> found() {
    return List.copyOf(found);
  }
}

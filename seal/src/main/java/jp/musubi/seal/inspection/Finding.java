package jp.musubi.seal.inspection;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * 指摘 — one thing the inspection found in a PDF.
 *
 * @param rule the rule, such as {@code PDF-P04}
 * @param action what follows from it
 * @param what stable kebab-case key, the key of the message bundle ({@link FindingMessages})
 * @param page the page from 1, where the finding belongs to one
 * @param object the nearest indirect object as {@code "12 0 R"}, where there is one
 * @param detail technical particulars in English, for the log and for experts; may be empty
 */
public record Finding(
    String rule,
    Action action,
    String what,
    OptionalInt page,
    Optional<String> object,
    String detail) {

  static Finding ofFile(String rule, Action action, String what, String detail) {
    return new Finding(rule, action, what, OptionalInt.empty(), Optional.empty(), detail);
  }
}

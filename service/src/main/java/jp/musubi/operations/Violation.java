package jp.musubi.operations;

/**
 * A promise that does not hold.
 *
 * @param invariant I1 to I15, as numbered in the reliability plan
 * @param code stable name of the check; its words are in {@code messages/operations.properties}
 * @param body 団体コード
 * @param subject 文書番号, a digest, or a place in the audit chain
 * @param detail what was found, for an engineer
 */
public record Violation(
    String invariant, String code, String body, String subject, String detail) {}

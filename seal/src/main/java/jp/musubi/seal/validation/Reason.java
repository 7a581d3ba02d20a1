package jp.musubi.seal.validation;

/**
 * 理由 — why the verdict is not simply 有効.
 *
 * @param what stable kebab-case key, the key of the message bundle ({@link ValidationMessages})
 * @param subIndication the ETSI sub-indication where one fits, else empty
 * @param detail technical particulars in English; may be empty
 */
public record Reason(String what, String subIndication, String detail) {}

package jp.musubi.seal.validation;

import java.util.Optional;

/**
 * 検証と最新のタイムスタンプ — a report, and the timestamp on which it rests from now on.
 *
 * @param newest the newest document timestamp; empty when the file has none that holds
 */
public record Examined(ValidationReport report, Optional<NewestTimestamp> newest) {}

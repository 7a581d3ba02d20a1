package jp.musubi.seal;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A document that carries all it takes to validate it later (PAdES-BASELINE-LTA).
 *
 * @param sha256 of the whole file
 * @param timestampSerial of the document timestamp's token
 * @param timestampTime genTime of that token
 */
public record Archived(
    Sha256 sha256, long bytes, BigInteger timestampSerial, Instant timestampTime) {}

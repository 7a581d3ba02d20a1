package jp.musubi.seal;

import java.math.BigInteger;
import java.time.Instant;

/**
 * A document with one more seal (PAdES-BASELINE-T).
 *
 * @param sha256 of the whole file
 * @param certificateSerial of the sealing certificate
 * @param timestampSerial of the signature timestamp's token
 * @param timestampTime genTime of that token: when the seal certainly existed
 */
public record Sealed(
    Sha256 sha256,
    long bytes,
    BigInteger certificateSerial,
    BigInteger timestampSerial,
    Instant timestampTime) {}

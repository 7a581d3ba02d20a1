package jp.musubi.contract;

import java.time.Instant;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * The file after one more seal.
 *
 * @param ordinal of the agreement it seals
 * @param sealedAt time in the seal's timestamp
 * @param sealSerial serial number of the certificate that sealed
 * @param timestampSerial serial number of the timestamp token
 */
public record Revision(
    int ordinal,
    UUID agreement,
    Sha256 file,
    Instant sealedAt,
    String sealSerial,
    String timestampSerial) {}

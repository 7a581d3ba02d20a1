package jp.musubi.closure;

import java.time.Instant;
import java.util.UUID;

/**
 * 引継ぎの一式 that was made: a part with records and lists, and the parts with files.
 *
 * @param manifest SHA-256 of SHA256SUMS, which names every file
 * @param parts how many parts with files follow
 */
record WholeHandover(
    UUID id,
    String madeName,
    Instant madeAt,
    String manifest,
    long rows,
    long files,
    long bytes,
    int parts) {}

package jp.musubi.vault;

import java.time.Instant;
import java.util.Optional;

/**
 * 保管の状態. How the care of a body's objects stands.
 *
 * @param uncopied objects without a second copy
 * @param open findings that are not repaired
 * @param roundBegan when the newest round began; empty before the first
 * @param roundEnded when it ended; empty while it goes on
 * @param lookedAt objects it has looked at
 */
public record Standing(
    long objects,
    long bytes,
    long uncopied,
    long open,
    long repaired,
    Optional<Instant> roundBegan,
    Optional<Instant> roundEnded,
    long lookedAt) {}

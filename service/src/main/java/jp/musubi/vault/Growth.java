package jp.musubi.vault;

import java.time.Instant;
import java.util.Optional;

/**
 * 増え方. How a body's objects have grown since a moment.
 *
 * @param stored bytes that came
 * @param erased bytes that went, by disposal or the end of use
 * @param first when its first object came; empty without one
 */
public record Growth(long stored, long erased, Optional<Instant> first) {}

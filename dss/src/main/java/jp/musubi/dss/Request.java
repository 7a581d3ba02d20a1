package jp.musubi.dss;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 検証の依頼 — One PDF to judge.
 *
 * @param id comes back in the answer
 * @param pdf the file
 * @param trust PEM files of the trust anchors, one or more certificates each
 * @param at the time to judge for, or null for now
 */
record Request(@Nullable String id, Path pdf, List<Path> trust, @Nullable Instant at) {}

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
 * @param evidence evidence records over the file (RFC 4998), which stand beside it
 * @param revocation other PDFs whose revocation data may be used
 */
record Request(
    @Nullable String id,
    Path pdf,
    List<Path> trust,
    @Nullable Instant at,
    List<Path> evidence,
    List<Path> revocation) {

  Request(@Nullable String id, Path pdf, List<Path> trust, @Nullable Instant at) {
    this(id, pdf, trust, at, List.of(), List.of());
  }
}

package jp.musubi.elsewhere;

import java.time.Instant;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationReport;

/**
 * 受け取ったファイル. Judged and kept, and of no contract yet.
 *
 * @param staff who brought it; nobody else registers it
 * @param service as the clerk named it
 * @param fileName a name only, never a path
 */
record Upload(
    UUID id,
    UUID staff,
    String service,
    String fileName,
    Sha256 file,
    int pages,
    Standing standing,
    ValidationReport report,
    Instant judgedAt) {}

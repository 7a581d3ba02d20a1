package jp.musubi.operations;

import java.time.Instant;
import java.util.Optional;

/**
 * How much is audited. Rows are always checked whole: they are cheap, and a change of one can break
 * a promise about another. Files are what takes time.
 *
 * @param body the 団体コード of the one body that is looked at; of all, if empty
 * @param filesSince files that were stored, and contracts that were sealed, before are not read
 */
public record AuditScope(Optional<String> body, Instant filesSince) {
  private static final AuditScope WHOLE = new AuditScope(Optional.empty(), Instant.EPOCH);

  /** Everything of every body. */
  public static AuditScope whole() {
    return WHOLE;
  }

  /** Everything of one body. */
  public static AuditScope of(String body) {
    return new AuditScope(Optional.of(body), Instant.EPOCH);
  }

  /** Every row, and the files that came since. */
  public static AuditScope since(Instant moment) {
    return new AuditScope(Optional.empty(), moment);
  }

  boolean reaches(String code) {
    return body.isEmpty() || body.get().equals(code);
  }

  boolean readsFilesOf(Instant stored) {
    return !stored.isBefore(filesSince);
  }
}

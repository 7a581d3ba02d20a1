package jp.musubi.seal.renewal;

import java.util.HashMap;
import java.util.Map;
import jp.musubi.seal.Sha256;

/**
 * 検証情報の補完 — puts into a record what its newest timestamp needs to be judged offline, so that the
 * next renewal covers it (RFC 4998, 5.2), or so that the record can be handed out alone. Once a
 * batch is enough: the same token is completed once and then remembered. Not for use by several
 * threads.
 */
public final class Completion {
  private final ValidationData data;
  private final Map<Sha256, byte[]> completed = new HashMap<>();

  /** A completion with what was gathered for the batch's timestamp. */
  public Completion(ValidationData data) {
    this.data = data;
  }

  /** The same record with its newest timestamp completed. */
  public EvidenceRecord of(EvidenceRecord record) {
    var token = record.last().token();
    return record.withLastToken(
        completed.computeIfAbsent(Sha256.of(token), _ -> data.addedTo(token)));
  }
}

package jp.musubi.evidence;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import jp.musubi.seal.Sha256;

/**
 * 参照用の写し. What stands on the first page of a copy that is for reading only (G-07).
 *
 * @param original digest of the file it was copied from
 * @param pages of that file
 * @param verdict what its signatures are worth, in words
 * @param signatures each of them in a line of words, in the order they were made
 * @param verifiedAt when that was found
 * @param originalCheck where anybody may compare a file with the original (原本照合)
 */
public record ReferenceCopy(
    String body,
    String number,
    String title,
    Instant concludedAt,
    Sha256 original,
    int pages,
    String verdict,
    List<String> signatures,
    Instant verifiedAt,
    URI originalCheck,
    boolean trial) {
  public ReferenceCopy {
    signatures = List.copyOf(signatures);
  }
}

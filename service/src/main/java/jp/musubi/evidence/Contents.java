package jp.musubi.evidence;

import java.util.List;
import jp.musubi.seal.Sha256;

/**
 * 書類一覧. What belongs to a contract, as the last pages of its file say under every seal: what is
 * bound into it, and which files beside it are meant.
 *
 * @param body the body that sends it
 * @param number 文書番号
 */
public record Contents(String body, String number, List<Bound> bound, List<Beside> beside) {

  /** Keeps its own copies. */
  public Contents {
    bound = List.copyOf(bound);
    beside = List.copyOf(beside);
  }

  /**
   * A part of the file itself.
   *
   * @param kind message key below {@code evidence.contents.kind.}
   * @param first its first page
   */
  public record Bound(String kind, String name, int first, int last) {}

  /**
   * A file of its own.
   *
   * @param kind message key below {@code evidence.contents.kind.}
   */
  public record Beside(String kind, String name, long bytes, Sha256 sha256) {}
}

package jp.musubi.sealing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Certificate;

/**
 * Everything that is done with the key, the timestamp authority and the validators. Holds no state
 * and decides nothing: whether a seal may be made was settled by the agreement it is given.
 */
interface Sealer {

  /**
   * What is recorded of a seal.
   *
   * @param at genTime of its timestamp: when it certainly existed
   * @param certificateSerial hexadecimal, as are all serial numbers
   */
  record Seal(Instant at, String certificateSerial, String timestampSerial) {}

  /** Hexadecimal, as certificate viewers show it. */
  String certificateSerial();

  /** Where the certificate sends whoever wants to compare a file with the original. */
  URI originalCheck(String bodyCode, Particulars contract);

  /** Whether seals come from a trial hierarchy and prove nothing. */
  boolean isTrial();

  /**
   * Makes the seal of an agreement; the file is valid when this returns.
   *
   * @param fields which then hold seals, in the order in which they were made
   * @throws jp.musubi.seal.SealException if a part outside did not do as it should
   * @throws NotValid if a validator does not call the file valid
   */
  Seal seal(
      Path source, Path target, Agreement agreement, Particulars contract, List<String> fields);

  /**
   * Makes the fully sealed file last: B-LTA, by the word of both validators. Throws as {@link
   * #seal}.
   *
   * @return the serial number of the document timestamp
   */
  String archive(Path source, Path target, List<String> fields);

  /**
   * Writes a 締結証明書 and seals it with the service's own name, B-LTA at once. Throws as {@link
   * #seal}.
   */
  void certify(Certificate facts, Path target, Particulars contract);
}

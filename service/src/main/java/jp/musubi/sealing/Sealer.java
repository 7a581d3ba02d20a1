package jp.musubi.sealing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.seal.Archived;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.Timestamped;

/**
 * Everything that is done with the key, the timestamp authority and the validators. Holds no state
 * and decides nothing: whether a seal may be made was settled by the agreement it is given.
 */
final class Sealer {
  private static final String CERTIFICATE_FIELD = "musubi-certificate";

  private final SealEngine engine;
  private final Validation validation;
  private final SealWords words;
  private final Clock clock;

  Sealer(SealEngine engine, Validation validation, SealWords words, Clock clock) {
    this.engine = engine;
    this.validation = validation;
    this.words = words;
    this.clock = clock;
  }

  /** Hexadecimal, as certificate viewers show it. */
  String certificateSerial() {
    return engine.certificate().getSerialNumber().toString(16);
  }

  /** Where the certificate sends whoever wants to compare a file with the original. */
  URI originalCheck(String bodyCode, Particulars contract) {
    return words.originalCheck(bodyCode, contract);
  }

  /** Whether seals come from a trial hierarchy and prove nothing. */
  boolean isTrial() {
    return SealKeys.isTrial(engine.certificate());
  }

  /**
   * Makes the seal of an agreement; the file is valid when this returns.
   *
   * @param fields which then hold seals, in the order in which they were made
   */
  Timestamped seal(
      Path source, Path target, Agreement agreement, Particulars contract, List<String> fields) {
    var party = contract.party(agreement.party()).orElseThrow();
    var sealed = engine.seal(source, target, words.of(agreement, party, clock.instant()));
    validation.insistOnSeals(target, fields);
    return sealed;
  }

  /** Makes the fully sealed file last: B-LTA, by the word of both validators. */
  Archived archive(Path source, Path target, List<String> fields) {
    var archived = engine.archive(source, target);
    validation.insistOnArchived(target, fields);
    return archived;
  }

  /** Seals a 締結証明書 with the service's own name, B-LTA at once. */
  void sealCertificate(Path source, Path target, Particulars contract) {
    var prepared = target.resolveSibling(target.getFileName() + ".prepared");
    var sealed = target.resolveSibling(target.getFileName() + ".sealed");
    Preparation.prepare(source, prepared, List.of(new SignatureField(CERTIFICATE_FIELD)));
    engine.seal(
        prepared, sealed, words.ofCertificate(contract, CERTIFICATE_FIELD, clock.instant()));
    engine.archive(sealed, target);
    validation.insistOnArchived(target, List.of(CERTIFICATE_FIELD));
  }
}

package jp.musubi.sealing;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
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

  /** Whether seals come from a trial hierarchy and prove nothing. */
  boolean isTrial() {
    return SealKeys.isTrial(engine.certificate());
  }

  /** Makes the seal of an agreement; the file is valid when this returns. */
  Timestamped seal(Path source, Path target, Agreement agreement, Particulars contract) {
    var party = contract.parties().get(agreement.ordinal());
    var sealed = engine.seal(source, target, words.of(agreement, party, clock.instant()));
    validation.insistOnSeals(target, fields(agreement.ordinal() + 1));
    return sealed;
  }

  /** Makes the fully sealed file last: B-LTA, by the word of both validators. */
  Archived archive(Path source, Path target, Particulars contract) {
    var archived = engine.archive(source, target);
    validation.insistOnArchived(target, fields(contract.parties().size()));
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

  private static List<String> fields(int count) {
    return IntStream.range(0, count).mapToObj(i -> "musubi-" + i).toList();
  }
}

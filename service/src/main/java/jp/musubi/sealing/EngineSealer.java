package jp.musubi.sealing;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Certificate;
import jp.musubi.evidence.CertificatePdf;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SealEngine;
import jp.musubi.seal.SignatureField;

/** By the engine, the one key and both validators. */
final class EngineSealer implements Sealer {
  private static final String CERTIFICATE_FIELD = "musubi-certificate";

  private final SealEngine engine;
  private final Validation validation;
  private final SealWords words;
  private final Clock clock;

  EngineSealer(SealEngine engine, Validation validation, SealWords words, Clock clock) {
    this.engine = engine;
    this.validation = validation;
    this.words = words;
    this.clock = clock;
  }

  @Override
  public String certificateSerial() {
    return engine.certificate().getSerialNumber().toString(16);
  }

  @Override
  public URI originalCheck(String bodyCode, Particulars contract) {
    return words.originalCheck(bodyCode, contract);
  }

  @Override
  public boolean isTrial() {
    return SealKeys.isTrial(engine.certificate());
  }

  @Override
  public Seal seal(
      Path source, Path target, Agreement agreement, Particulars contract, List<String> fields) {
    var party = contract.party(agreement.party()).orElseThrow();
    var sealed = engine.seal(source, target, words.of(agreement, party, clock.instant()));
    validation.insistOnSeals(target, fields);
    return new Seal(
        sealed.timestampTime(),
        sealed.certificateSerial().toString(16),
        sealed.timestampSerial().toString(16));
  }

  @Override
  public String archive(Path source, Path target, List<String> fields) {
    var archived = engine.archive(source, target);
    validation.insistOnArchived(target, fields);
    return archived.timestampSerial().toString(16);
  }

  @Override
  public void certify(Certificate facts, Path target, Particulars contract) {
    var plain = target.resolveSibling(target.getFileName() + ".plain");
    CertificatePdf.write(facts, clock.instant(), plain);
    var prepared = target.resolveSibling(target.getFileName() + ".prepared");
    var sealed = target.resolveSibling(target.getFileName() + ".sealed");
    Preparation.prepare(plain, prepared, List.of(new SignatureField(CERTIFICATE_FIELD)));
    engine.seal(
        prepared, sealed, words.ofCertificate(contract, CERTIFICATE_FIELD, clock.instant()));
    engine.archive(sealed, target);
    validation.insistOnArchived(target, List.of(CERTIFICATE_FIELD));
  }
}

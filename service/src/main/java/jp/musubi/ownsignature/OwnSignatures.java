package jp.musubi.ownsignature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.OwnSignature;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.contract.SignatureFields;
import jp.musubi.platform.PartyAnchors;
import jp.musubi.seal.CertificateRevoked;
import jp.musubi.seal.SealException;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.PartySignature;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.sealing.NotValid;
import jp.musubi.sealing.Proving;
import jp.musubi.vault.Vault;
import jp.musubi.verification.Judgements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * 当事者署名の受け取り. A file is scanned, opened and judged apart; then it is held against the file that was
 * given out, and gets the proofs that go with its signature. Only what is valid with them, by both
 * validators, is stored; nothing here is a step of the contract.
 */
@Service
public class OwnSignatures {
  private static final Logger LOG = LoggerFactory.getLogger(OwnSignatures.class);

  private final ReceivedFiles files;
  private final Judgements judgements;
  private final Contracts contracts;
  private final Proving proving;
  private final PartyAnchors anchors;
  private final Vault vault;
  private final Clock clock;

  OwnSignatures(
      ReceivedFiles files,
      Judgements judgements,
      Contracts contracts,
      Proving proving,
      PartyAnchors anchors,
      Vault vault,
      Clock clock) {
    this.files = files;
    this.judgements = judgements;
    this.contracts = contracts;
    this.proving = proving;
    this.anchors = anchors;
    this.vault = vault;
    this.clock = clock;
  }

  /** What became of a file. */
  public sealed interface Outcome {
    /** It holds, and lies in the vault with its proofs. */
    record Sound(OwnSignature own) implements Outcome {}

    /** No file that we keep. */
    record Unreadable(ReceivedFiles.Looked because) implements Outcome {}

    /** Opening or judging it took more than any file gets. */
    record Unjudged() implements Outcome {}

    /** Not the file that was given out with one sound signature of a known issuer's upon it. */
    record Unfit(PartySignature.Why why) implements Outcome {}

    /** Its certificate was revoked. */
    record Revoked() implements Outcome {}

    /** Nobody answers at the moment whether its certificate was revoked, or when it is. */
    record Later() implements Outcome {}

    /** With all its proofs it is still not valid. */
    record Unproven() implements Outcome {}
  }

  /**
   * Judges what a party handed in, and keeps it if it holds.
   *
   * @param contract as it stands, with the file that the party was given
   * @param name as the browser gave it
   * @throws jp.musubi.platform.Unavailable if it can be neither scanned nor judged now
   */
  public Outcome judge(Particulars contract, Party party, Path handed, String name) {
    var looked = files.look(handed, name);
    if (!(looked instanceof ReceivedFiles.Looked.Fit)) {
      return new Outcome.Unreadable(looked);
    }
    // Judged apart first: what a hostile file does to a reader it does there.
    if (judgements.of(handed, clock.instant()).isEmpty()) {
      return new Outcome.Unjudged();
    }
    return vault.with(contract.shownTo(party), base -> judge(contract, party, base, handed));
  }

  private Outcome judge(Particulars contract, Party party, Path base, Path handed) {
    var now = clock.instant();
    try {
      return switch (PartySignature.check(
          base,
          handed,
          SignatureFields.own(party),
          new ValidationPolicy(proving.anchors(), now),
          anchors.certificates())) {
        case PartySignature.Found.Unfit(var why, var detail) -> {
          LOG.info("own signature of contract {} not taken: {} ({})", contract.id(), why, detail);
          yield new Outcome.Unfit(why);
        }
        case PartySignature.Found.Sound(var holder) -> proven(contract, party, handed, holder);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome proven(
      Particulars contract, Party party, Path handed, PartySignature.Holder holder)
      throws IOException {
    var proven = Files.createTempFile("musubi-own-signature", ".pdf");
    try {
      proving.prove(handed, proven, fields(contract, party));
      var own =
          new OwnSignature(
              party.id(),
              contract.revisions().size(),
              contract.shownTo(party),
              Sha256.of(handed),
              vault.put(proven, "application/pdf"),
              holder.holder(),
              holder.issuer(),
              holder.serial(),
              holder.validUntil(),
              clock.instant());
      return new Outcome.Sound(own);
    } catch (CertificateRevoked revoked) {
      return told(contract, revoked, new Outcome.Revoked());
    } catch (SealException unavailable) {
      return told(contract, unavailable, new Outcome.Later());
    } catch (NotValid invalid) {
      return told(contract, invalid, new Outcome.Unproven());
    } finally {
      Files.deleteIfExists(proven);
    }
  }

  private static Outcome told(Particulars contract, RuntimeException why, Outcome outcome) {
    LOG.info("own signature of contract {} not taken: {}", contract.id(), why.toString());
    return outcome;
  }

  /** Of the seals so far, and of this signature. */
  private List<String> fields(Particulars contract, Party party) {
    var agreements = contracts.agreements(contract.id());
    return Stream.concat(
            SignatureFields.of(contract, agreements.subList(0, contract.revisions().size()))
                .stream(),
            Stream.of(SignatureFields.own(party)))
        .toList();
  }

  /** Whether signatures can be taken here at all. */
  public boolean isOn() {
    return anchors.isOn();
  }

  /** The signature that stands in the file for a party, if it put one there. */
  public static Optional<OwnSignature> of(Particulars contract, Party party) {
    return contract.ownSignature(party.id());
  }
}

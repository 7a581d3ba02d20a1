package jp.musubi.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 契約情報. What the body knows of a contract beside its state: everything a page, a mail or the
 * certificate prints. Read-only.
 *
 * @param number 文書番号, e.g. R8-000012
 * @param amount 契約金額 in yen with tax; empty for 単価契約
 * @param contractDate 契約日 as written, not the time of conclusion
 * @param document the rebuilt upload
 * @param parties in {@linkplain SigningOrder signing order}; of a draft possibly still without some
 * @param certificate 締結証明書 for the body, with all addresses
 * @param certificateMasked the counterparty's copy, with the addresses of others masked
 * @param releaseAt when it leaves by itself, if it is scheduled
 * @param readingYears for how many years from conclusion the counterparty may read and download
 * @param sealCause what sealing waits for (KEY, TSA, REVOCATION, STORE, VALIDATION, PDF), if it
 *     waits
 * @param ownSignatures 当事者型: signatures of the parties' own that stand in the file, in order
 */
public record Particulars(
    ContractId id,
    String number,
    String state,
    int version,
    String title,
    ContractKind kind,
    OptionalLong amount,
    Optional<LocalDate> contractDate,
    Optional<LocalDate> periodFrom,
    Optional<LocalDate> periodUntil,
    UUID sectionId,
    UUID clerkId,
    Optional<UUID> officeId,
    String fileName,
    Sha256 document,
    Optional<Sha256> prepared,
    int pages,
    Optional<Instant> deadline,
    Optional<Instant> releaseAt,
    int readingYears,
    Instant createdAt,
    Optional<Instant> dispatchedAt,
    Optional<Instant> concludedAt,
    Optional<Sha256> finalFile,
    Optional<Sha256> certificate,
    Optional<Sha256> certificateMasked,
    Optional<Instant> endedAt,
    Optional<String> endReason,
    Optional<String> sealCause,
    List<Party> parties,
    List<Revision> revisions,
    List<OwnSignature> ownSignatures) {

  /**
   * The file as it stands: with all seals and own signatures made so far, or as prepared, or as
   * uploaded.
   */
  public Sha256 currentFile() {
    return finalFile.orElseGet(() -> withSeals(revisions.size()));
  }

  /** Whether it is concluded, here or elsewhere, and its file is kept. */
  public boolean isKept() {
    return state.equals("CONCLUDED") || isFromElsewhere();
  }

  /** 他社サービスで締結: whether it was concluded by other means than ours. */
  public boolean isFromElsewhere() {
    return state.equals("ELSEWHERE");
  }

  /** Whether another service concluded it, also after it was disposed of: it has no 締結証明書. */
  public boolean wasConcludedElsewhere() {
    return concludedAt.isPresent() && certificate.isEmpty();
  }

  /** Whether it was disposed of: its files are erased, or are being. */
  public boolean isDisposed() {
    return state.equals("DISPOSED");
  }

  /**
   * The file that the parties of the running turn are shown: as it stood when the turn began. Of a
   * concluded contract the final file.
   */
  public Sha256 shownFile() {
    return finalFile.isPresent() ? currentFile() : withSeals(order().begun(revisions.size()));
  }

  /** The file that this party is shown, or was when it agreed. */
  public Sha256 shownTo(Party party) {
    return withSeals(order().before(party));
  }

  /** With so many seals, and the own signature upon them where there is one. */
  private Sha256 withSeals(int count) {
    return ownSignatureOver(count).map(OwnSignature::file).orElseGet(() -> sealed(count));
  }

  /** The own signature that was put upon the file with so many seals, before the next. */
  public Optional<OwnSignature> ownSignatureOver(int seals) {
    return ownSignatures.stream().filter(each -> each.seals() == seals).findFirst();
  }

  /** The own signature of a party, as it stands in the file. */
  public Optional<OwnSignature> ownSignature(PartyId party) {
    return ownSignatures.stream().filter(each -> each.party().equals(party)).findFirst();
  }

  private Sha256 sealed(int count) {
    return count == 0 ? prepared.orElse(document) : revisions.get(count - 1).file();
  }

  /** The order in which the parties are asked. */
  public SigningOrder order() {
    return new SigningOrder(parties);
  }

  /** The party of that key. */
  public Optional<Party> party(PartyId id) {
    return parties.stream().filter(party -> party.id().equals(id)).findFirst();
  }

  /** 一者署名: whether nobody but the body signs, as with a notice (C-21). */
  public boolean isSignedByBodyAlone() {
    return !parties(Party.Kind.OFFICE).isEmpty() && parties(Party.Kind.COUNTERPARTY).isEmpty();
  }

  /** The parties of one kind. */
  public List<Party> parties(Party.Kind kind) {
    return parties.stream().filter(party -> party.kind() == kind).toList();
  }
}

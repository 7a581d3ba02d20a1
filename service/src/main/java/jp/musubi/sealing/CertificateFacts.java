package jp.musubi.sealing;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.DocumentSet;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.OwnSignature;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Revision;
import jp.musubi.evidence.Certificate;

/** What the 締結証明書 states, gathered from the record. Pure. */
final class CertificateFacts {
  private CertificateFacts() {}

  /**
   * The certificate of a contract whose last seal is made but not yet recorded.
   *
   * @param last the revision that will conclude it
   * @param originalCheck where anybody may compare a file with the original
   * @param set the files beside the document
   * @param written what was written into the document
   * @param mandates 委任状 by which its parties acted
   */
  static Certificate of(
      String body,
      Particulars contract,
      List<Agreement> agreements,
      Revision last,
      String archiveTimestampSerial,
      URI originalCheck,
      boolean trial,
      DocumentSet set,
      List<Inscription.Written> written,
      List<Mandates.Stated> mandates) {
    var signers =
        agreements.stream()
            .map(agreement -> {
              var ordinal = agreement.ordinal();
              return signer(
                  contract.party(agreement.party()).orElseThrow(),
                  contract.ownSignature(agreement.party()),
                  agreement,
                  ordinal == last.ordinal() ? last : contract.revisions().get(ordinal));
            })
            .toList();
    return new Certificate(
        body,
        contract.number(),
        contract.title(),
        contract.fileName(),
        contract.pages(),
        contract.contractDate(),
        contract.prepared().orElseThrow(),
        last.file(),
        last.sealedAt(),
        archiveTimestampSerial,
        signers,
        originalCheck,
        trial,
        false,
        papers(set),
        written.stream()
            .map(each -> new Certificate.Filled(each.label(), each.text(), each.by(), each.at()))
            .toList(),
        mandates.stream()
            .map(each ->
                new Certificate.Mandate(
                    each.ordinal(),
                    each.principal(),
                    each.agent(),
                    each.scope(),
                    each.from(),
                    each.until(),
                    each.number(),
                    each.on(),
                    each.sha256()))
            .toList());
  }

  /** What was concluded with the document. */
  private static List<Certificate.Paper> papers(DocumentSet set) {
    return set.attachments().stream()
        .filter(Attachment::isShown)
        .map(each ->
            new Certificate.Paper(
                each.kind().name(),
                each.name(),
                each.role() == Attachment.Role.SIGNED,
                each.sha256()))
        .toList();
  }

  /**
   * Whose addresses the counterparty's copy masks: everybody's but its own. With several
   * counterparties there is still one copy, so then everybody's.
   */
  static Set<Integer> masked(Particulars contract) {
    var several = contract.parties(Party.Kind.COUNTERPARTY).size() > 1;
    return contract.parties().stream()
        .filter(party -> several || party.kind() != Party.Kind.COUNTERPARTY)
        .map(Party::ordinal)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Certificate.Signer signer(
      Party party, Optional<OwnSignature> own, Agreement agreement, Revision revision) {
    return new Certificate.Signer(
        party.ordinal(),
        party.role(),
        party.organisation(),
        party.title(),
        party.name(),
        Optional.ofNullable(party.mail()),
        agreement.manner().authentication(),
        agreement.manner().level(),
        agreement.manner().consentText(),
        agreement.agreedAt(),
        agreement.manner().clientIp(),
        agreement.document(),
        revision.sealedAt(),
        revision.sealSerial(),
        revision.timestampSerial(),
        own.map(each ->
            new Certificate.Own(each.holder(), each.issuer(), each.serial(), each.takenAt())));
  }
}

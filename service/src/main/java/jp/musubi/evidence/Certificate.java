package jp.musubi.evidence;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.seal.Sha256;

/**
 * 締結証明書. What is stated about a concluded contract: who agreed to which bytes, how each was
 * authenticated, when, from where, and by which certificate and timestamp it was sealed (LAW-4,
 * LAW-5).
 *
 * @param body the body that concluded, e.g. 上毛市
 * @param number 文書番号
 * @param contractDate 契約日 as written, which may differ from the time of conclusion (LAW-6)
 * @param shown digest of the bytes that were sent out
 * @param concluded digest of the sealed file this certificate is about
 * @param concludedAt time in the last seal's timestamp
 * @param archiveTimestampSerial serial number of the document timestamp
 * @param signers in signing order
 * @param originalCheck where anybody may compare a file with the original (原本照合)
 * @param trial whether the seals come from a trial hierarchy and prove nothing
 * @param masked whether addresses of others are masked in this copy
 * @param papers the attachments that are part of the contract, in order
 * @param filled what was written into the document before anybody sealed it, in order
 * @param mandates 委任状 by which signers acted for others, by signer
 */
public record Certificate(
    String body,
    String number,
    String title,
    String fileName,
    int pages,
    Optional<LocalDate> contractDate,
    Sha256 shown,
    Sha256 concluded,
    Instant concludedAt,
    String archiveTimestampSerial,
    List<Signer> signers,
    URI originalCheck,
    boolean trial,
    boolean masked,
    List<Paper> papers,
    List<Filled> filled,
    List<Mandate> mandates) {

  /** Keeps its own copies. */
  public Certificate {
    signers = List.copyOf(signers);
    papers = List.copyOf(papers);
    filled = List.copyOf(filled);
    mandates = List.copyOf(mandates);
  }

  /**
   * 委任状, as it said when the contract left.
   *
   * @param ordinal of the signer who acted by it; of a 復代理 two bear the same, the first one first
   * @param number as written on it; may be empty
   */
  public record Mandate(
      int ordinal,
      String principal,
      String agent,
      String scope,
      LocalDate from,
      LocalDate until,
      String number,
      LocalDate on,
      Sha256 sha256) {}

  /**
   * What was written into the document.
   *
   * @param text as it stands on the page
   * @param by who gave it, as printed
   */
  public record Filled(String label, String text, String by, Instant at) {}

  /**
   * An attachment that is part of the contract.
   *
   * @param kind message key below {@code evidence.contents.kind.}
   * @param bound whether it is bound into the file, or a file of its own that is listed there
   */
  public record Paper(String kind, String name, boolean bound, Sha256 sha256) {}

  /**
   * One party's act.
   *
   * @param role SENDER, COUNTERPARTY or OFFICE
   * @param name as in the seal, with office and authority
   * @param mail where the link went, for those who got one
   * @param authentication factors passed, e.g. {@code MAIL_LINK+ACCESS_CODE}
   * @param level L1, L2 or L3
   * @param shown digest of the bytes this party was shown
   * @param sealedAt time in the seal's timestamp
   * @param own the party's own signature, of one that signs itself (当事者型)
   */
  public record Signer(
      int ordinal,
      String role,
      String organisation,
      String title,
      String name,
      Optional<String> mail,
      String authentication,
      String level,
      String consent,
      Instant agreedAt,
      String clientIp,
      Sha256 shown,
      Instant sealedAt,
      String sealSerial,
      String timestampSerial,
      Optional<Own> own) {

    /** A party for which the service alone signed (立会人型). */
    public Signer(
        int ordinal,
        String role,
        String organisation,
        String title,
        String name,
        Optional<String> mail,
        String authentication,
        String level,
        String consent,
        Instant agreedAt,
        String clientIp,
        Sha256 shown,
        Instant sealedAt,
        String sealSerial,
        String timestampSerial) {
      this(
          ordinal,
          role,
          organisation,
          title,
          name,
          mail,
          authentication,
          level,
          consent,
          agreedAt,
          clientIp,
          shown,
          sealedAt,
          sealSerial,
          timestampSerial,
          Optional.empty());
    }

    private Signer masked() {
      return new Signer(
          ordinal,
          role,
          organisation,
          title,
          name,
          mail.map(Certificate::maskMail),
          authentication,
          level,
          consent,
          agreedAt,
          maskAddress(clientIp),
          shown,
          sealedAt,
          sealSerial,
          timestampSerial,
          own);
    }
  }

  /**
   * 当事者署名: the signature that a party made with a certificate of its own, below the seal.
   *
   * @param holder whose certificate it was, by its subject (RFC 4514)
   * @param issuer who issued it
   * @param serial of the certificate, hexadecimal
   * @param at when it was checked and taken
   */
  public record Own(String holder, String issuer, String serial, Instant at) {}

  /** The copy for the other side, with network and mail addresses of {@code ordinals} masked. */
  public Certificate withMasked(Set<Integer> ordinals) {
    return new Certificate(
        body,
        number,
        title,
        fileName,
        pages,
        contractDate,
        shown,
        concluded,
        concludedAt,
        archiveTimestampSerial,
        signers.stream().map(s -> ordinals.contains(s.ordinal()) ? s.masked() : s).toList(),
        originalCheck,
        trial,
        true,
        papers,
        filled,
        mandates);
  }

  /** 192.0.2.15 becomes 192.0.2.***; of an IPv6 address the first two groups stay. */
  static String maskAddress(String address) {
    if (address.contains(":")) {
      var groups = address.split(":", -1);
      return groups[0] + ":" + groups[1] + ":***";
    }
    var end = address.lastIndexOf('.');
    return end < 0 ? "***" : address.substring(0, end) + ".***";
  }

  /** hanako@example.jp becomes h***@example.jp. */
  static String maskMail(String mail) {
    var at = mail.lastIndexOf('@');
    return at < 1
        ? "***"
        : mail.substring(0, mail.offsetByCodePoints(0, 1)) + "***" + mail.substring(at);
  }
}

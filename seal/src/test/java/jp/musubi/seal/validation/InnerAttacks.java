package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static jp.musubi.seal.validation.Attack.invalid;

import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.musubi.seal.Sealery;
import jp.musubi.testkit.CertificateOrder;
import jp.musubi.testkit.KeyKind;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;

/** What is done within a sealed file: USF, SWA, exchanged signatures and timestamps. */
final class InnerAttacks {
  private static final String MALFORMED = "signature-malformed";
  private static final Pattern GAP = Pattern.compile("/Contents\\s*<([0-9a-fA-F]{1000,})>");
  private static final Pattern RANGE = Pattern.compile("/ByteRange\\s*\\[[0-9 ]+\\]");

  private InnerAttacks() {}

  static List<Attack> all() {
    return Stream.of(usf(), swa(), exchanged(), others()).flatMap(List::stream).toList();
  }

  /** One replacement in the first signature, padded with blanks to the same length. */
  private static Attack replaced(String name, String reason, Pattern what, String by) {
    return invalid(
        "USF",
        name,
        reason,
        specimen -> {
          var text = new String(specimen.archived(), ISO_8859_1);
          var found = what.matcher(text).results().findFirst().orElseThrow();
          var padded = by + " ".repeat(found.group().length() - by.length());
          return (text.substring(0, found.start()) + padded + text.substring(found.end()))
              .getBytes(ISO_8859_1);
        });
  }

  private static List<Attack> usf() {
    return List.of(
        replaced("/ByteRange missing", MALFORMED, RANGE, ""),
        replaced("/ByteRange null", MALFORMED, RANGE, "/ByteRange null"),
        replaced("/ByteRange of nothing", MALFORMED, RANGE, "/ByteRange []"),
        replaced("/ByteRange negative", MALFORMED, RANGE, "/ByteRange [0 -1 -1 -1]"),
        replaced("/ByteRange from 1", MALFORMED, RANGE, "/ByteRange [1 9 99 9]"),
        replaced("/ByteRange of three", MALFORMED, RANGE, "/ByteRange [0 9 99]"),
        replaced("/ByteRange of zeros", MALFORMED, RANGE, "/ByteRange [0 0 0 0]"),
        replaced("/ByteRange endless", MALFORMED, RANGE, "/ByteRange [0 9 99 999999999]"),
        replaced("/ByteRange no numbers", MALFORMED, RANGE, "/ByteRange [0 /a (b) <>]"),
        replaced("/Contents missing", MALFORMED, GAP, ""),
        replaced("/Contents null", MALFORMED, GAP, "/Contents null"),
        replaced("/Contents empty", MALFORMED, GAP, "/Contents <>"),
        replaced("/Contents a byte", MALFORMED, GAP, "/Contents <00>"),
        replaced(
            "/SubFilter unknown",
            MALFORMED,
            Pattern.compile("/SubFilter\\s*/ETSI.CAdES.detached"),
            "/SubFilter /X"),
        replaced(
            "/SubFilter of a timestamp",
            "timestamp-broken",
            Pattern.compile("/SubFilter\\s*/ETSI.CAdES.detached"),
            "/SubFilter /ETSI.RFC3161"),
        replaced(
            "/SubFilter missing", MALFORMED, Pattern.compile("/SubFilter\\s*/ETSI[A-Za-z.]+"), ""));
  }

  private static List<Attack> swa() {
    return List.of(
        invalid("SWA", "bytes put into the gap", MALFORMED, s -> gap(s, "(another object)")),
        invalid("SWA", "a second hexadecimal string in the gap", MALFORMED, s -> gap(s, "><30")),
        invalid("SWA", "blanks in the gap", MALFORMED, s -> gap(s, "    ")),
        invalid("SWA", "something behind the signature in its slot", MALFORMED, s -> gap(s, "41")),
        invalid(
            "SWA",
            "the gap made longer and the rest moved",
            "broken",
            s -> {
              var text = new String(s.archived(), ISO_8859_1);
              var at = GAP.matcher(text).results().findFirst().orElseThrow().end();
              return (text.substring(0, at) + "9 0 obj (x) endobj" + text.substring(at))
                  .getBytes(ISO_8859_1);
            }),
        twice("a second /Contents in the signature", "/Contents<00>"),
        twice("a second /ByteRange in the signature", "/ByteRange[0 1 2 3]"));
  }

  /** In place of an entry of the last signature that says little. */
  private static Attack twice(String name, String entry) {
    return invalid(
        "SWA",
        name,
        MALFORMED,
        specimen -> {
          var text = new String(specimen.archived(), ISO_8859_1);
          var found =
              Pattern.compile("/Filter\\s*/Adobe.PPKLite")
                  .matcher(text)
                  .results()
                  .toList()
                  .getLast();
          var padded = entry + " ".repeat(found.group().length() - entry.length());
          return (text.substring(0, found.start()) + padded + text.substring(found.end()))
              .getBytes(ISO_8859_1);
        });
  }

  private static List<Attack> exchanged() {
    return List.of(
        invalid(
            "exchange",
            "a timestamp of another signature",
            "content-changed",
            s -> {
              var other = attribute(signer(cms(s.revision(2), 1)));
              return withCms(s.revision(3), 2, data -> stamped(data, other));
            }),
        invalid(
            "exchange",
            "a document timestamp used again",
            "content-changed",
            s -> {
              var other = attribute(signer(cms(s.revision(3), 2))).getEncoded();
              return withContents(s.archived(), -1, other);
            }),
        invalid(
            "exchange",
            "the signature of another revision",
            "content-changed",
            s -> withContents(s.revision(3), 2, cms(s.revision(2), 1).getEncoded())),
        invalid(
            "exchange",
            "a seal where the timestamp was",
            "timestamp-broken",
            s -> withContents(s.archived(), -1, bare(cms(s.revision(3), 2)).getEncoded("DER"))),
        invalid(
            "exchange",
            "two signers in one signature",
            MALFORMED,
            s ->
                withCms(
                    s.revision(3),
                    2,
                    data ->
                        CMSSignedData.replaceSigners(
                            data,
                            new SignerInformationStore(
                                List.of(
                                    signer(bare(data)), signer(bare(cms(s.revision(2), 1)))))))),
        invalid(
            "exchange",
            "a signature over its own content",
            MALFORMED,
            s -> {
              var data = cms(s.revision(3), 2);
              var own =
                  CMSSignedData.replaceSigners(
                      new CMSSignedData(
                          new CMSProcessableByteArray(new byte[9]), data.getEncoded()),
                      data.getSignerInfos());
              return withContents(s.revision(3), 2, encapsulated(own));
            }),
        invalid(
            "exchange",
            "the signature value changed",
            "signature-broken",
            s -> {
              var der = cms(s.revision(3), 2).getEncoded();
              var value = signer(cms(s.revision(3), 2)).getSignature();
              var at = indexOf(der, value);
              der[at + value.length - 1] ^= 1;
              return withContents(s.revision(3), 2, der);
            }),
        new Attack(
            "exchange",
            "the certificate left out",
            Verdict.INDETERMINATE,
            "signing-certificate-unknown",
            s ->
                withCms(
                    s.revision(3),
                    2,
                    data ->
                        CMSSignedData.replaceCertificatesAndCRLs(
                            data,
                            new org.bouncycastle.util.CollectionStore<>(List.of()),
                            data.getAttributeCertificates(),
                            data.getCRLs()))));
  }

  private static List<Attack> others() {
    return List.of(
        new Attack(
            "foreign",
            "sealed by an authority that nobody trusts",
            Verdict.INDETERMINATE,
            "not-trusted",
            s -> {
              try (var other =
                  Sealery.open(
                      Files.createDirectories(s.folder().resolve("other")), KeyKind.P_256)) {
                var files = other.sealedThrice(other.engine());
                var whole = s.folder().resolve("other/whole.pdf");
                other.engine().archive(files.getLast(), whole);
                return Files.readAllBytes(whole);
              }
            }),
        invalid(
            "revoked", "sealed after the revocation", "certificate-revoked", InnerAttacks::revoked),
        new Attack(
            "stripping",
            "the document timestamp cut off",
            Verdict.INDETERMINATE,
            "revocation-unknown",
            s -> s.revision(3)),
        invalid(
            "stripping",
            "cut off in the middle of a revision",
            "broken",
            s -> Arrays.copyOf(s.archived(), s.archived().length - 200)),
        invalid(
            "polyglot",
            "a web page before",
            "broken",
            s -> AppendedAttacks.join("<html>".getBytes(ISO_8859_1), s.archived())),
        invalid(
            "polyglot",
            "another head",
            "broken",
            s -> {
              var file = s.archived();
              file[0] = (byte) 0xff;
              file[1] = (byte) 0xd8;
              return file;
            }),
        invalid(
            "header",
            "another version",
            "content-changed",
            s -> {
              var file = s.archived();
              file[7] ^= 1;
              return file;
            }));
  }

  /** Sealed by a certificate whose revocation was known before, with the answer that says so. */
  private static byte[] revoked(Specimen specimen) throws Exception {
    return specimen.open(sealery -> {
      var pki = sealery.server().pki();
      var from = Sealery.now().minus(Duration.ofHours(1));
      var signer =
          pki.issue(CertificateOrder.seal("試用 失効した印", from, from.plus(Duration.ofDays(900))));
      var engine =
          new jp.musubi.seal.SealEngine(
              Sealery.key(signer.key(), signer.path()),
              sealery.authority(Sealery.DEADLINE),
              sealery.revocations(Sealery.DEADLINE),
              signer.path());
      var folder = specimen.folder();
      var prepared = Files.write(folder.resolve("r0.pdf"), specimen.revision(0));
      engine.seal(prepared, folder.resolve("r1.pdf"), Sealery.request(1));
      pki.revoke(signer.certificate().getSerialNumber(), from.plus(Duration.ofMinutes(1)), 1);
      return withAnswer(
          Files.readAllBytes(folder.resolve("r1.pdf")),
          RevocationAnswers.about(signer.certificate(), signer.path().get(1), pki.ocspUrl()));
    });
  }

  private static byte[] withAnswer(byte[] pdf, byte[] answer) throws Exception {
    var parts = Specimen.parts(pdf);
    var appending = Appending.to(pdf);
    var next = appending.next();
    return appending
        .with(parts.catalog(), "/DSS %d 0 R".formatted(next))
        .object(next, "<< /Type /DSS /OCSPs [%d 0 R] >>".formatted(next + 1))
        .object(next + 1, AppendedAttacks.stream(new String(answer, ISO_8859_1)))
        .done();
  }

  private static byte[] gap(Specimen specimen, String what) {
    var text = new String(specimen.archived(), ISO_8859_1);
    var end = GAP.matcher(text).results().findFirst().orElseThrow().end() - 1;
    return (text.substring(0, end - what.length()) + what + text.substring(end))
        .getBytes(ISO_8859_1);
  }

  /** Something done to a CMS. */
  interface Change {
    CMSSignedData of(CMSSignedData data) throws Exception;
  }

  static List<MatchResult> gaps(byte[] pdf) {
    return GAP.matcher(new String(pdf, ISO_8859_1)).results().toList();
  }

  static CMSSignedData cms(byte[] pdf, int signature) throws Exception {
    var hex = gaps(pdf).get(signature).group(1);
    var der = HexFormat.of().parseHex(hex);
    try (var in = new org.bouncycastle.asn1.ASN1InputStream(der)) {
      return new CMSSignedData(in.readObject().getEncoded());
    }
  }

  private static SignerInformation signer(CMSSignedData data) {
    return data.getSignerInfos().iterator().next();
  }

  private static ASN1Primitive attribute(SignerInformation signer) {
    return signer
        .getUnsignedAttributes()
        .get(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken)
        .getAttrValues()
        .getObjectAt(0)
        .toASN1Primitive();
  }

  private static CMSSignedData stamped(CMSSignedData data, ASN1Primitive token) {
    var attribute =
        new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(token));
    return CMSSignedData.replaceSigners(
        data,
        new SignerInformationStore(
            SignerInformation.replaceUnsignedAttributes(
                signer(data), new AttributeTable(new DERSet(attribute)))));
  }

  /** Without its timestamp. */
  private static CMSSignedData bare(CMSSignedData data) {
    return CMSSignedData.replaceSigners(
        data,
        new SignerInformationStore(
            SignerInformation.replaceUnsignedAttributes(signer(data), null)));
  }

  private static byte[] encapsulated(CMSSignedData data) throws Exception {
    var signed =
        org.bouncycastle.asn1.cms.SignedData.getInstance(data.toASN1Structure().getContent());
    var own =
        new org.bouncycastle.asn1.cms.SignedData(
            signed.getDigestAlgorithms(),
            new org.bouncycastle.asn1.cms.ContentInfo(
                org.bouncycastle.asn1.cms.CMSObjectIdentifiers.data,
                new org.bouncycastle.asn1.DEROctetString(new byte[9])),
            signed.getCertificates(),
            signed.getCRLs(),
            signed.getSignerInfos());
    return new org.bouncycastle.asn1.cms.ContentInfo(
            org.bouncycastle.asn1.cms.CMSObjectIdentifiers.signedData, own)
        .getEncoded("DER");
  }

  static byte[] withCms(byte[] pdf, int signature, Change change) throws Exception {
    return withContents(pdf, signature, change.of(cms(pdf, signature)).getEncoded("DER"));
  }

  /** Puts other bytes into a slot; -1 is the last one. */
  static byte[] withContents(byte[] pdf, int signature, byte[] der) {
    var gaps = gaps(pdf);
    var gap = signature < 0 ? gaps.getLast() : gaps.get(signature);
    var room = gap.end(1) - gap.start(1);
    var hex = HexFormat.of().formatHex(der);
    if (hex.length() > room) {
      throw new IllegalStateException("%d digits into %d".formatted(hex.length(), room));
    }
    var changed = pdf.clone();
    Arrays.fill(changed, gap.start(1), gap.end(1), (byte) '0');
    System.arraycopy(hex.getBytes(ISO_8859_1), 0, changed, gap.start(1), hex.length());
    return changed;
  }

  private static int indexOf(byte[] within, byte[] what) {
    return new String(within, ISO_8859_1).indexOf(new String(what, ISO_8859_1));
  }
}

package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.seal.pdf.AppendablePdf;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.Revision;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSString;

/**
 * Phase LT: certificates and revocation proofs of every signature, timestamp and OCSP responder
 * that no earlier document timestamp covers together with its proofs, of the last such timestamp,
 * and of the next, which cannot bring its own.
 */
final class Preservation {
  private static final String OCSP_NOCHECK = "1.3.6.1.5.5.7.48.1.5";

  private final RevocationSource revocations;
  private final Issuers issuers;
  private final SignerMemory memory;
  private final List<X509Certificate> next;
  private final Set<X509Certificate> known;
  private final Set<X509Certificate> kept = new LinkedHashSet<>();
  private final Map<Sha256, Revocation> proofs = new LinkedHashMap<>();
  private Instant newest = Instant.EPOCH;

  /** A signature or document timestamp where it stands in the file. */
  private record Value(COSDictionary dictionary, long from, long end) {
    static Value of(COSDictionary dictionary) {
      if (Cos.get(dictionary, "ByteRange") instanceof COSArray range
          && range.size() == 4
          && range.getObject(1) instanceof COSNumber from
          && range.getObject(2) instanceof COSNumber second
          && range.getObject(3) instanceof COSNumber length) {
        return new Value(dictionary, from.longValue(), second.longValue() + length.longValue());
      }
      throw new UnsealablePdf("a signature in the document says not what it covers", null);
    }

    boolean isTimestamp() {
      return "ETSI.RFC3161".equals(Cos.name(dictionary, "SubFilter"));
    }

    Signers signers(SignerMemory memory) {
      if (Cos.get(dictionary, "Contents") instanceof COSString contents) {
        var bytes = contents.getBytes();
        return memory.find(bytes).orElseGet(() -> Signers.of(bytes));
      }
      throw new UnsealablePdf("a signature in the document has no value", null);
    }
  }

  /**
   * For one document.
   *
   * @param known certificates that may be issuers
   * @param next the path of the certificate that will sign the next document timestamp
   */
  Preservation(
      Collection<X509Certificate> known,
      RevocationSource revocations,
      Issuers issuers,
      SignerMemory memory,
      List<X509Certificate> next) {
    this.memory = memory;
    this.next = next;
    this.known = new LinkedHashSet<>(known);
    this.known.addAll(next);
    this.revocations = revocations;
    this.issuers = issuers;
  }

  Preserved preserve(Content found, Path file) {
    var content = found.read(file, EnumSet.noneOf(ImprintAlgorithm.class));
    try (var base = content.open(file)) {
      var store = new SecurityStore(base);
      store.present(SecurityStore.Part.CERTS).forEach(der -> known.add(Signers.x509(der)));
      proveAll(unproven(base, store));
      for (var certificate : kept) {
        store.add(SecurityStore.Part.CERTS, encoded(certificate));
      }
      for (var proof : proofs.values()) {
        switch (proof.kind()) {
          case OCSP -> store.add(SecurityStore.Part.OCSPS, proof.der());
          case CRL -> store.add(SecurityStore.Part.CRLS, proof.der());
        }
      }
      if (!store.hasNews()) {
        return new Preserved(content);
      }
      var revision = new Revision(base);
      store.write(revision);
      var bytes = revision.finish(Sealing.identifier(content)).bytes();
      return new Preserved(content.plus(bytes, revision));
    } catch (IOException e) {
      throw new UnsealablePdf("the document cannot be preserved", e);
    }
  }

  /** The certificates that signed something whose proofs are not safe yet. */
  private Set<X509Certificate> unproven(AppendablePdf base, SecurityStore store) {
    var values =
        FormFields.of(base.catalog()).signatures().stream()
            .map(Value::of)
            .sorted(Comparator.comparingLong(Value::end))
            .toList();
    if (values.isEmpty()) {
      throw new UnsealablePdf("the document carries no signature", null);
    }
    var lastStamp =
        values.stream().filter(Value::isTimestamp).reduce((_, later) -> later).map(Value::from);
    var proven =
        new Proofs(store.present(SecurityStore.Part.OCSPS), store.present(SecurityStore.Part.CRLS));
    var unproven = new LinkedHashSet<X509Certificate>();
    for (var value : values) {
      var signers = value.signers(memory);
      known.addAll(signers.inside());
      var covered = lastStamp.isPresent() && value.end() <= lastStamp.get();
      if (!covered || !signers.signers().stream().allMatch(signer -> isProven(signer, proven))) {
        newest = Signers.later(newest, signers.newest());
        unproven.addAll(signers.signers());
      }
    }
    if (!isProven(next.getFirst(), proven)) {
      unproven.add(next.getFirst());
    }
    return unproven;
  }

  private boolean isProven(X509Certificate signer, Proofs proofs) {
    return issuers.of(signer, known).filter(issuer -> proofs.speakOf(signer, issuer)).isPresent();
  }

  private void proveAll(Set<X509Certificate> signers) {
    var waiting = new ArrayDeque<>(signers);
    while (!waiting.isEmpty()) {
      var certificate = waiting.removeFirst();
      if (!kept.add(certificate) || issuers.isRoot(certificate)) {
        continue;
      }
      var issuer =
          issuers
              .of(certificate, known)
              .orElseThrow(() ->
                  new RevocationUnavailable(
                      "the issuer of '%s' is unknown"
                          .formatted(certificate.getSubjectX500Principal()),
                      null));
      waiting.add(issuer);
      if (certificate.getExtensionValue(OCSP_NOCHECK) != null) {
        continue;
      }
      var proof = revocations.revocationOf(certificate, issuer, newest);
      proofs.put(Sha256.of(proof.der()), proof);
      known.addAll(proof.signers());
      waiting.addAll(proof.signers());
    }
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateException e) {
      throw new UnsealablePdf("a certificate cannot be written", e);
    }
  }
}

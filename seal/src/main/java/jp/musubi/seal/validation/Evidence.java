package jp.musubi.seal.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;

/**
 * 検証情報 — the certificates and revocation answers that the revisions of a file carry in their /DSS.
 * What a later revision adds counts for earlier signatures, and what it leaves out is not lost.
 */
final class Evidence {
  private static final int LARGEST = 20_000_000;
  private static final int LARGEST_TOGETHER = 100_000_000;

  private final Map<X509Certificate, Integer> certificates = new LinkedHashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private final List<Listed> lists = new ArrayList<>();
  private final Set<Seen> seen = new HashSet<>();
  private int bytes;

  /** An OCSP answer in the revision that ends at {@code end}. */
  record Answer(BasicOCSPResp response, int end) {}

  /** A revocation list in the revision that ends at {@code end}. */
  record Listed(X509CRL list, int end) {}

  private record Seen(COSObjectKey key, long offset) {}

  /** Something that reads one entry of the store. */
  private interface Reading {
    void of(byte[] bytes) throws GeneralSecurityException, IOException, OCSPException;
  }

  /** Takes in what one revision carries. Entries that cannot be read prove nothing. */
  void add(PDDocument revision, int end) throws IOException {
    var store = Cos.dictionary(revision.getDocumentCatalog().getCOSObject(), "DSS");
    if (store == null) {
      return;
    }
    each(
        revision,
        store,
        "Certs",
        der ->
            certificates.putIfAbsent(
                (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der)),
                end));
    each(
        revision,
        store,
        "OCSPs",
        der -> {
          if (new OCSPResp(der).getResponseObject() instanceof BasicOCSPResp answer) {
            answers.add(new Answer(answer, end));
          }
        });
    each(
        revision,
        store,
        "CRLs",
        der ->
            lists.add(
                new Listed((X509CRL) factory().generateCRL(new ByteArrayInputStream(der)), end)));
  }

  /** What a timestamp token carries in its own certificates and crls fields. */
  static Evidence of(
      Collection<X509Certificate> certificates, List<BasicOCSPResp> answers, List<X509CRL> lists) {
    var evidence = new Evidence();
    certificates.forEach(each -> evidence.certificates.put(each, 0));
    answers.forEach(each -> evidence.answers.add(new Answer(each, 0)));
    lists.forEach(each -> evidence.lists.add(new Listed(each, 0)));
    return evidence;
  }

  Set<X509Certificate> certificates() {
    return certificates.keySet();
  }

  List<Answer> answers() {
    return answers;
  }

  List<Listed> lists() {
    return lists;
  }

  boolean isEmpty() {
    return answers.isEmpty() && lists.isEmpty();
  }

  private void each(PDDocument revision, COSDictionary store, String key, Reading reading)
      throws IOException {
    var table = revision.getDocument().getXrefTable();
    for (var each : Cos.dictionaries(Cos.array(store, key))) {
      if (!(each instanceof COSStream stream)) {
        continue;
      }
      var number = stream.getKey();
      if (number != null && !seen.add(new Seen(number, table.getOrDefault(number, -1L)))) {
        continue;
      }
      byte[] der;
      try (var in = stream.createInputStream()) {
        der = in.readNBytes(LARGEST);
      }
      bytes += der.length;
      if (bytes > LARGEST_TOGETHER) {
        throw new IOException("more than %d bytes of validation data".formatted(LARGEST_TOGETHER));
      }
      try {
        reading.of(der);
      } catch (GeneralSecurityException | OCSPException | IOException | RuntimeException _) {
        // Unreadable evidence is no evidence; what then lacks is told by the judgement.
      }
    }
  }

  static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

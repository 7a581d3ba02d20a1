package jp.musubi.seal.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.util.Store;

/**
 * タイムスタンプ単独の検証 — judges one timestamp token outside of any PDF, by the trust anchors and what the
 * token carries in its certificates and crls fields (RFC 3161, 5816; RFC 5652, 5.1; RFC 5940).
 */
public final class TokenValidation {
  private final Set<X509Certificate> anchors;

  /**
   * A validation.
   *
   * @param trustAnchors certificates trusted without further question
   */
  public TokenValidation(Set<X509Certificate> trustAnchors) {
    anchors = Set.copyOf(trustAnchors);
  }

  /**
   * What a token says, if it holds in itself, and what speaks against relying on it.
   *
   * @param path from the authority's certificate to its anchor; empty when there is no path
   * @param reasons none when {@code indication} is TOTAL_PASSED; the gravest first
   */
  public record Judged(
      Optional<ValidationReport.Timestamp> stamp,
      List<X509Certificate> path,
      Indication indication,
      List<Reason> reasons) {
    public Judged {
      path = List.copyOf(path);
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * Judges a token.
   *
   * @param imprint what it has to stamp, hashed with its own algorithm already
   * @param usedAt the proven time of use: that of the next timestamp over it, or the time of
   *     judgement
   * @param answersMustCoverUse whether proofs of non-revocation must have been current at {@code
   *     usedAt}; nothing can speak of a time later than the newest timestamp's
   */
  public Judged judge(byte[] token, byte[] imprint, Instant usedAt, boolean answersMustCoverUse) {
    var judgement = new Judgement();
    var verified = Token.verified(token, _ -> imprint, judgement);
    if (verified.isEmpty()) {
      return new Judged(Optional.empty(), List.of(), judgement.indication(), judgement.reasons());
    }
    var path = trust(token, verified.get(), usedAt, answersMustCoverUse, judgement);
    return new Judged(
        verified.map(Token::report), path, judgement.indication(), judgement.reasons());
  }

  private List<X509Certificate> trust(
      byte[] der, Token token, Instant at, boolean answersMustCover, Judgement judgement) {
    var chains = new Chains(anchors);
    if (chains.trustsNobody()) {
      judgement.undecided("no-trust-anchor", "NO_CERTIFICATE_CHAIN_FOUND", "no trust anchors");
      return List.of();
    }
    var certificate = token.certificate();
    var path = chains.path(certificate, token.known(), at);
    if (path.isEmpty()) {
      var valid =
          !at.isBefore(certificate.getNotBefore().toInstant())
              && !at.isAfter(certificate.getNotAfter().toInstant());
      judgement.undecided(
          valid ? "not-trusted" : "certificate-expired",
          valid ? "NO_CERTIFICATE_CHAIN_FOUND" : "OUT_OF_BOUNDS_NO_POE",
          certificate.getSubjectX500Principal().getName() + " at " + at);
      return List.of();
    }
    new Revocations(evidence(der, token.known()))
        .judge(path.get(), at, answersMustCover, judgement);
    return path.get();
  }

  /** Entries that cannot be read prove nothing and are left out. */
  private static Evidence evidence(byte[] der, Collection<X509Certificate> certificates) {
    var answers = new ArrayList<BasicOCSPResp>();
    var lists = new ArrayList<X509CRL>();
    try {
      var data = new CMSSignedData(ContentInfo.getInstance(der));
      for (var list : data.getCRLs().getMatches(null)) {
        lists.add(
            (X509CRL) Evidence.factory().generateCRL(new ByteArrayInputStream(list.getEncoded())));
      }
      for (var response :
          responses(data.getOtherRevocationInfo(CMSObjectIdentifiers.id_ri_ocsp_response))) {
        if (new OCSPResp(response).getResponseObject() instanceof BasicOCSPResp answer) {
          answers.add(answer);
        }
      }
    } catch (CMSException
        | IOException
        | GeneralSecurityException
        | OCSPException
        | RuntimeException unreadable) {
      // Unreadable evidence is no evidence; what then lacks is told by the judgement.
      return new Evidence(new LinkedHashSet<>(certificates), List.of(), List.of());
    }
    return new Evidence(new LinkedHashSet<>(certificates), answers, lists);
  }

  private static List<byte[]> responses(Store<?> others) throws IOException {
    var responses = new ArrayList<byte[]>();
    for (var other : others.getMatches(null)) {
      if (other instanceof ASN1Encodable response) {
        responses.add(response.toASN1Primitive().getEncoded(ASN1Encoding.DER));
      }
    }
    return responses;
  }
}

package jp.musubi.seal.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
  private final AlgorithmSunset algorithms;

  /**
   * A validation.
   *
   * @param trustAnchors certificates trusted without further question
   * @param algorithms until when algorithms may be relied on
   */
  public TokenValidation(Set<X509Certificate> trustAnchors, AlgorithmSunset algorithms) {
    anchors = Set.copyOf(trustAnchors);
    this.algorithms = algorithms;
  }

  /**
   * What a token says, if it holds in itself, and what speaks against relying on it.
   *
   * @param path from the authority's certificate to its anchor; empty when there is no path
   * @param reasons none when {@code indication} is TOTAL_PASSED; the gravest first
   * @param warnings what is to be minded even if all is well
   */
  public record Judged(
      Optional<ValidationReport.Timestamp> stamp,
      List<X509Certificate> path,
      Indication indication,
      List<Reason> reasons,
      List<Reason> warnings) {
    public Judged {
      path = List.copyOf(path);
      reasons = List.copyOf(reasons);
      warnings = List.copyOf(warnings);
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
    var path =
        verified
            .flatMap(held -> trust(token, held, usedAt, answersMustCoverUse, judgement))
            .orElse(List.of());
    return new Judged(
        verified.map(Token::report),
        path,
        judgement.indication(),
        judgement.reasons(),
        judgement.warnings());
  }

  private Optional<List<X509Certificate>> trust(
      byte[] der, Token token, Instant at, boolean answersMustCover, Judgement judgement) {
    var trust =
        new Trust(
            new ValidationPolicy(anchors, Set.of(), algorithms, at), evidence(der, token.known()));
    var path = trust.judge(token.certificate(), token.known(), at, answersMustCover, judgement);
    trust.standing(token.signer(), token.certificate(), at, judgement);
    trust.standing(token.imprint(), at, judgement);
    if (!answersMustCover) {
      trust.renewal(token.certificate(), judgement);
    }
    return path;
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
      return Evidence.of(certificates, List.of(), List.of());
    }
    return Evidence.of(certificates, answers, lists);
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

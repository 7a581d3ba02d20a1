package jp.musubi.seal;

import java.security.cert.X509Certificate;
import java.util.List;

/** A checked proof that a certificate was not revoked, in the form that a PDF keeps. */
public final class Revocation {
  /** What kind of proof. */
  public enum Kind {
    /** A DER OCSPResponse (RFC 6960, 4.2.1). */
    OCSP,
    /** A DER CertificateList (RFC 5280, 5.1). */
    CRL
  }

  private final Kind kind;
  private final byte[] der;
  private final List<X509Certificate> signers;

  /**
   * A proof that has passed all checks.
   *
   * @param signers the delegated responder, if one signed; empty when the issuer itself did
   */
  public Revocation(Kind kind, byte[] der, List<X509Certificate> signers) {
    this.kind = kind;
    this.der = der.clone();
    this.signers = List.copyOf(signers);
  }

  /** What kind of proof. */
  public Kind kind() {
    return kind;
  }

  /** The proof itself. */
  public byte[] der() {
    return der.clone();
  }

  /** The delegated responder, if one signed. */
  public List<X509Certificate> signers() {
    return signers;
  }
}

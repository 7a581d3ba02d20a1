package jp.musubi.sealing;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.SealEngine;

/**
 * 当事者署名の証拠. Adds to a file with a party's own signature the proofs that go with it, and a document
 * timestamp (PAdES-BASELINE-LTA), at once: what is true of the certificate today can be shown
 * later, and a certificate that is revoked tomorrow does not keep the contract from being
 * concluded.
 */
public final class Proving {
  private final SealEngine engine;
  private final Validation validation;
  private final Set<X509Certificate> anchors;

  /**
   * Proves by an engine and both validators.
   *
   * @param anchors of our seals and of timestamps
   */
  Proving(SealEngine engine, Validation validation, Collection<X509Certificate> anchors) {
    this.engine = engine;
    this.validation = validation;
    this.anchors = Set.copyOf(anchors);
  }

  /** Whom our seals and timestamps lead to. */
  public Set<X509Certificate> anchors() {
    return anchors;
  }

  /**
   * Writes the file with its proofs; it is valid when this returns, by both validators, and nothing
   * in it is left to find out.
   *
   * @param fields which hold signatures, in the order in which they were made
   * @throws jp.musubi.seal.SealException when a part does not answer, or a certificate is revoked
   * @throws NotValid if a validator does not call it valid
   */
  public void prove(Path source, Path target, List<String> fields) {
    engine.archive(source, target);
    validation.insistOnArchived(target, fields);
  }
}

package jp.musubi.seal;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Seals documents: PAdES-BASELINE-T for every seal, -LTA after the last (ETSI EN 319 142-1). Every
 * step appends an incremental update; earlier bytes never change. A failed step leaves no target.
 *
 * <p>The methods here go from file to file and, where one says so, through several phases at once;
 * {@link Phase} has each step by itself. An engine holds the parts that the steps need, and what it
 * learnt of them; it is safe for use by several threads.
 */
public final class SealEngine {
  private static final int ROUNDS = 3;

  private final SealKey key;
  private final TimestampAuthority authority;
  private final RevocationSource revocations;
  private final List<X509Certificate> authorities;
  private final Issuers issuers = new Issuers();
  private final SignerMemory memory = new SignerMemory();
  private final TokenRoom tokens;
  private final Sealing sealing;
  private final Stamping stamping;

  /** An engine that knows no further certification authorities than its own key's. */
  public SealEngine(SealKey key, TimestampAuthority authority, RevocationSource revocations) {
    this(key, authority, revocations, List.of());
  }

  /**
   * An engine.
   *
   * @param authorities certificates of authorities, wanted when a file carries a timestamp of
   *     another authority than today's
   */
  public SealEngine(
      SealKey key,
      TimestampAuthority authority,
      RevocationSource revocations,
      Collection<X509Certificate> authorities) {
    this.key = key;
    this.authority = authority;
    this.revocations = revocations;
    this.authorities = List.copyOf(authorities);
    tokens = new TokenRoom(authority);
    sealing = new Sealing(key, tokens, memory);
    stamping = new Stamping(authority, tokens);
  }

  /** The certificate that seals. */
  public X509Certificate certificate() {
    return key.chain().getFirst();
  }

  /**
   * Fills a prepared field with a seal and its timestamp.
   *
   * @throws SealException when a part does not answer, or the file is not prepared
   */
  public Timestamped seal(Path source, Path target, SealRequest request) {
    return written(source, target, found -> seal(found, source, request).write(source, target));
  }

  /**
   * Adds certificates and revocation proofs of every signature and timestamp in the file, then a
   * document timestamp over it all.
   *
   * @throws SealException when a part does not answer
   */
  public Archived archive(Path source, Path target) {
    return written(
        source,
        target,
        found -> preserve(found, source, List.of()).archive(source, this).write(source, target));
  }

  /**
   * Makes the last seal and archives, in one go: the document is read once and written once.
   *
   * @throws SealException when a part does not answer, or the file is not prepared
   */
  public Archived sealAndArchive(Path source, Path target, SealRequest request) {
    return written(
        source,
        target,
        found ->
            seal(found, source, request)
                .preserve(source, this)
                .archive(source, this)
                .write(source, target));
  }

  /**
   * Adds the validation data of the last document timestamp, then the next document timestamp, by
   * this engine's authority and digest. Nothing that the file carries is lost or repeated.
   *
   * @throws SealException when a part does not answer
   */
  public Renewed renew(Path source, Path target) {
    return written(
        source,
        target,
        found -> preserve(found, source, List.of()).renew(source, this).write(source, target));
  }

  private Timestamped seal(Content content, Path source, SealRequest request) {
    for (var round = 1; ; round++) {
      try {
        return sealing.layOut(content, source, request).sign(this).timestamp(source, this);
      } catch (SignatureTooLarge tooLarge) {
        // Another authority answered than the one before; its size is known now.
        if (round == ROUNDS) {
          throw tooLarge;
        }
      }
    }
  }

  /** Reads a file once for all that may be wanted of it, and writes it while it is read. */
  private <P> P written(Path source, Path target, Function<Content, P> steps) {
    Content.requireDistinct(source, target);
    var digests =
        EnumSet.of(
            new SealCms(key.chain(), key.algorithm()).digest(), authority.imprintAlgorithm());
    try (var copy = Copy.to(target)) {
      return steps.apply(Content.found(source, digests, copy));
    } catch (IOException e) {
      throw new UnsealablePdf("what was written of the document cannot be removed", e);
    }
  }

  Preserved preserve(Content content, Path file, Collection<X509Certificate> authorityPath) {
    Set<X509Certificate> known = new LinkedHashSet<>(key.chain());
    known.addAll(authorities);
    known.addAll(authorityPath);
    return new Preservation(known, revocations, issuers, memory, tokens.path())
        .preserve(content, file);
  }

  Sealing sealing() {
    return sealing;
  }

  Stamping stamping() {
    return stamping;
  }
}

package jp.musubi.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import jp.musubi.testkit.CertificateOrder.Purpose;

/**
 * 試用の認証基盤 — Root, issuing authority, timestamping authority, and their end certificates.
 *
 * <p>Kept in a directory: the first opening makes everything, later ones find the same keys,
 * certificates, serial numbers and revocations. Certificates point at the base URL, which therefore
 * stays what it was at first.
 */
public final class TestPki {

  private static final Duration SLACK = Duration.ofDays(1);

  private final PkiDirectory directory;
  private final URI baseUrl;
  private final Clock clock;
  private final Ledger ledger;
  private final long opening;
  private final Authority root;
  private final Authority issuing;
  private final Authority timestamping;
  private final Identity seal;
  private volatile Identity sealResponder;
  private volatile Identity timestampResponder;
  private volatile Identity timestamp;
  private final Timestamps timestamps;

  /** Opens the directory with a P-256 seal. */
  public static TestPki open(Path directory, URI baseUrl, Clock clock) {
    return open(directory, baseUrl, clock, KeyKind.P_256);
  }

  /**
   * Opens the directory, making what it lacks.
   *
   * @param baseUrl where a {@link PkiServer} will answer, e.g. {@code http://127.0.0.1:8318}
   * @param sealKey the kind of key that {@link #seal()} has; seals of several kinds live side by
   *     side
   * @throws IllegalStateException when the directory was made for another base URL
   */
  public static TestPki open(Path directory, URI baseUrl, Clock clock, KeyKind sealKey) {
    return open(directory, baseUrl, clock, HierarchyKeys.withSeal(sealKey));
  }

  /** As above, with other kinds of key everywhere; a directory that has its keys keeps them. */
  public static TestPki open(Path directory, URI baseUrl, Clock clock, HierarchyKeys keys) {
    return new TestPki(directory, baseUrl, clock, keys);
  }

  /** The base URL that {@code directory} was made for, if it was made. */
  public static Optional<URI> baseUrlOf(Path directory) {
    return PkiDirectory.baseUrl(directory);
  }

  private TestPki(Path path, URI baseUrl, Clock clock, HierarchyKeys keys) {
    PkiDirectory.baseUrl(path)
        .filter(kept -> !kept.equals(baseUrl))
        .ifPresent(kept -> {
          throw new IllegalStateException(
              "The certificates in " + path + " point at " + kept + ", not at " + baseUrl);
        });
    this.baseUrl = baseUrl;
    this.clock = clock;
    directory = new PkiDirectory(path);
    directory.keepBaseUrl(baseUrl);
    opening = directory.countOpening();
    ledger = new Ledger(directory.ledgerFile());

    var from = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(SLACK);
    root =
        authority(
            "root",
            () ->
                Authority.root(
                        "むすび試用ルート認証局（本番では使えません）",
                        keys.authorities(),
                        from,
                        years(from, 25),
                        baseUrl,
                        ledger)
                    .identity());
    issuing =
        authority(
            "issuing",
            () ->
                root.issueAuthority(
                    "むすび試用署名用認証局（本番では使えません）", keys.authorities(), from, years(from, 20)));
    timestamping =
        authority(
            "tsa",
            () ->
                root.issueAuthority(
                    "むすび試用タイムスタンプ用認証局（本番では使えません）", keys.authorities(), from, years(from, 20)));
    seal =
        kept(
            "seal-" + keys.seal().name().toLowerCase(Locale.ROOT).replace('_', '-'),
            () ->
                issue(
                    CertificateOrder.seal("むすび試用電子署名（本番では使えません）", from, years(from, 5))
                        .withKey(keys.seal())));
    sealResponder = kept("seal-status", () -> issue(sealStatus(from).withKey(keys.timestamp())));
    timestampResponder =
        kept("timestamp-status", () -> issue(timestampStatus(from).withKey(keys.timestamp())));
    timestamp = kept("timestamp", () -> issue(timestampOrder(from).withKey(keys.timestamp())));
    timestamps = new Timestamps(this);
  }

  /**
   * Gives the timestamping authority a new key and certificate for eleven years from now, as one
   * does every few years, and both responders new ones for ten. What the old ones signed stays;
   * their status is answered as before.
   */
  public void rollTimestamp(KeyKind kind) {
    var from = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(SLACK);
    sealResponder = kept("seal-status", issue(sealStatus(from).withKey(kind)));
    timestampResponder = kept("timestamp-status", issue(timestampStatus(from).withKey(kind)));
    timestamp = kept("timestamp", issue(timestampOrder(from).withKey(kind)));
  }

  /**
   * Gives the timestamping authority a new key and certificate that ends soon; its responders stay.
   */
  public void shortenTimestamp(KeyKind kind, Instant until) {
    var from = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(SLACK);
    timestamp =
        kept(
            "timestamp",
            issue(
                new CertificateOrder(
                    Purpose.TIMESTAMP, "むすび試用タイムスタンプ局（認定ではありません）", kind, from, until)));
  }

  /** Makes a further certificate and its key. The key is not kept; the serial number is. */
  public Identity issue(CertificateOrder order) {
    return switch (order.purpose()) {
      case SEAL, SEAL_STATUS -> issuing.issue(order);
      case TIMESTAMP, TIMESTAMP_STATUS -> timestamping.issue(order);
    };
  }

  /**
   * Revokes as of now, for key compromise.
   *
   * @throws IllegalArgumentException when no authority here issued the serial number
   */
  public void revoke(BigInteger serial) {
    revoke(serial, clock.instant(), 1);
  }

  /**
   * Revokes as of {@code at}.
   *
   * @param reason a CRLReason of RFC 5280 5.3.1
   * @throws IllegalArgumentException when no authority here issued the serial number
   */
  public void revoke(BigInteger serial, Instant at, int reason) {
    var authority =
        ledger
            .issuerOf(serial)
            .orElseThrow(() -> new IllegalArgumentException("Never issued: " + serial));
    ledger.revoked(authority, new Ledger.Revocation(serial, at, reason));
  }

  /** The service's signing identity. */
  public Identity seal() {
    return seal;
  }

  /** The private key of the seal. */
  public PrivateKey sealKey() {
    return seal.key();
  }

  /** The seal's certificate and its issuer, leaf first, without the root. */
  public List<X509Certificate> sealChain() {
    return seal.chain();
  }

  /** The seal's certificate, its issuer and the root, leaf first. */
  public List<X509Certificate> sealPath() {
    return seal.path();
  }

  /** The timestamping identity. */
  public Identity timestamp() {
    return timestamp;
  }

  /** The root: the one trust anchor of seals and timestamps. */
  public X509Certificate root() {
    return root.identity().certificate();
  }

  /** The trust anchors, which is the root alone. */
  public List<X509Certificate> trustAnchors() {
    return List.of(root());
  }

  /** The root as PEM text. */
  public String rootPem() {
    return pem(root());
  }

  /** Any certificate as PEM text. */
  public static String pem(X509Certificate certificate) {
    try {
      var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
      return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
          .formatted(encoder.encodeToString(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("A certificate cannot be encoded", e);
    }
  }

  /** Where the servers answer. */
  public URI baseUrl() {
    return baseUrl;
  }

  /** The RFC 3161 endpoint. */
  public URI tsaUrl() {
    return baseUrl.resolve("/tsa");
  }

  /** The RFC 6960 endpoint. */
  public URI ocspUrl() {
    return baseUrl.resolve("/ocsp");
  }

  /**
   * What the timestamping authority answers, without a server between.
   *
   * @param request the DER of an RFC 3161 request
   */
  public byte[] timestamp(byte[] request, Optional<Fault.OfTsa> fault) throws IOException {
    return timestamps.answer(request, fault);
  }

  Authority timestamping() {
    return timestamping;
  }

  Ledger ledger() {
    return ledger;
  }

  List<Authority> authorities() {
    return List.of(root, issuing, timestamping);
  }

  /** The delegated responder of an authority; the root has none and publishes a list only. */
  Optional<Identity> responder(Authority authority) {
    return switch (authority.name()) {
      case "issuing" -> Optional.of(sealResponder);
      case "tsa" -> Optional.of(timestampResponder);
      default -> Optional.empty();
    };
  }

  Clock clock() {
    return clock;
  }

  /** A number that no earlier opening of this directory had. */
  long opening() {
    return opening;
  }

  private Authority authority(String name, Supplier<Identity> make) {
    return new Authority(name, kept(name, make), baseUrl, ledger);
  }

  private Identity kept(String alias, Supplier<Identity> make) {
    return directory
        .identity(alias)
        .orElseGet(() -> {
          var made = make.get();
          directory.keep(alias, made);
          return made;
        });
  }

  private Identity kept(String alias, Identity made) {
    directory.keep(alias, made);
    return made;
  }

  private static CertificateOrder timestampOrder(Instant from) {
    return service(Purpose.TIMESTAMP, "むすび試用タイムスタンプ局（認定ではありません）", from, 11);
  }

  private static CertificateOrder sealStatus(Instant from) {
    return service(Purpose.SEAL_STATUS, "むすび試用失効情報（署名用）", from, 10);
  }

  private static CertificateOrder timestampStatus(Instant from) {
    return service(Purpose.TIMESTAMP_STATUS, "むすび試用失効情報（タイムスタンプ用）", from, 10);
  }

  private static CertificateOrder service(
      Purpose purpose, String commonName, Instant from, int years) {
    return new CertificateOrder(purpose, commonName, KeyKind.P_256, from, years(from, years));
  }

  private static Instant years(Instant from, int years) {
    return from.atOffset(ZoneOffset.UTC).plusYears(years).toInstant();
  }
}

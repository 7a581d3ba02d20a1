package jp.musubi.bench.parts;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import jp.musubi.testkit.CertificateOrder;
import jp.musubi.testkit.CertificateOrder.Purpose;
import jp.musubi.testkit.Identity;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.TestPki;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** 計測の準備 — Makes the keys and certificates of one run; every key that works is of one kind. */
public final class PartsMaker {
  private PartsMaker() {}

  /**
   * Writes {@code keys.p12} (seal, timestamp and both responders with their paths), {@code
   * root.crl}, and for engines that are no Java the seal's {@code seal.p12}, {@code leaf.p12}
   * without the authorities, {@code seal.key.pem}, {@code chain.pem} and {@code root.pem}.
   *
   * @return the base URL that the certificates point at
   */
  public static URI make(Path directory, KeyKind kind, Clock clock) throws IOException {
    Files.createDirectories(directory);
    try (var server = PkiServer.open(directory.resolve("pki"), clock, kind)) {
      var pki = server.pki();
      var seal = pki.seal();
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(null, Parts.PASSWORD);
      put(keys, "seal", seal);
      put(keys, "timestamp", issue(pki, Purpose.TIMESTAMP, kind, clock));
      put(keys, "seal-status", issue(pki, Purpose.SEAL_STATUS, kind, clock));
      put(keys, "timestamp-status", issue(pki, Purpose.TIMESTAMP_STATUS, kind, clock));
      write(keys, directory.resolve("keys.p12"));
      var only = KeyStore.getInstance("PKCS12");
      only.load(null, Parts.PASSWORD);
      put(only, "seal", seal);
      write(only, directory.resolve("seal.p12"));
      var leaf = KeyStore.getInstance("PKCS12");
      leaf.load(null, Parts.PASSWORD);
      put(leaf, "seal", new Identity(seal.key(), List.of(selfSigned(seal))));
      write(leaf, directory.resolve("leaf.p12"));
      Files.writeString(directory.resolve("seal.key.pem"), pem(seal));
      Files.writeString(
          directory.resolve("chain.pem"),
          seal.chain().stream().map(TestPki::pem).collect(Collectors.joining()));
      Files.writeString(directory.resolve("root.pem"), pki.rootPem());
      for (var name : new String[] {"root", "issuing", "tsa"}) {
        download(pki.baseUrl().resolve("/crl/" + name + ".crl"), directory.resolve(name + ".crl"));
        download(pki.baseUrl().resolve("/ca/" + name + ".cer"), directory.resolve(name + ".cer"));
      }
      return pki.baseUrl();
    } catch (GeneralSecurityException e) {
      throw new IOException("The keys of the run could not be made", e);
    }
  }

  private static Identity issue(TestPki pki, Purpose purpose, KeyKind kind, Clock clock) {
    var from = clock.instant().truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
    return pki.issue(
        new CertificateOrder(
            purpose, "むすび試用計測 " + purpose.name(), kind, from, from.plus(3650, ChronoUnit.DAYS)));
  }

  private static X509Certificate selfSigned(Identity seal) throws GeneralSecurityException {
    var name = new X500Name("C=JP,CN=試用計測");
    var known = seal.certificate();
    var elliptic = known.getPublicKey() instanceof ECPublicKey;
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              new JcaX509v3CertificateBuilder(
                      name,
                      BigInteger.ONE,
                      known.getNotBefore(),
                      known.getNotAfter(),
                      name,
                      known.getPublicKey())
                  .build(
                      new JcaContentSignerBuilder(elliptic ? "SHA256withECDSA" : "SHA256withRSA")
                          .build(seal.key())));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static void put(KeyStore keys, String alias, Identity identity)
      throws GeneralSecurityException {
    keys.setKeyEntry(
        alias, identity.key(), Parts.PASSWORD, identity.path().toArray(Certificate[]::new));
  }

  private static void write(KeyStore keys, Path file) throws IOException, GeneralSecurityException {
    try (var out = Files.newOutputStream(file)) {
      keys.store(out, Parts.PASSWORD);
    }
  }

  private static String pem(Identity identity) {
    var encoder =
        Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(encoder.encodeToString(identity.key().getEncoded()));
  }

  private static void download(URI from, Path to) throws IOException {
    try (var client = HttpClient.newHttpClient()) {
      client.send(HttpRequest.newBuilder(from).build(), HttpResponse.BodyHandlers.ofFile(to));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the revocation lists were fetched", e);
    }
  }
}

package jp.musubi.bench.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import jp.musubi.testkit.Identity;

/**
 * 計測の部品 — What an engine needs beside the document, all in its own process: the sealing key, the
 * timestamp authority, the OCSP responders and the root's revocation list.
 */
public final class Parts {
  static final char[] PASSWORD = "musubi-bench".toCharArray();

  private final Meter meter = new Meter();
  private final Clock clock;
  private final Signing seal;
  private final Timestamping timestamping;
  private final Statuses statuses;
  private final byte[] rootList;

  private Parts(KeyStore keys, byte[] rootList, Clock clock) throws GeneralSecurityException {
    this.clock = clock;
    this.rootList = rootList.clone();
    seal = signing(keys, "seal");
    var timestamp = signing(keys, "timestamp");
    timestamping = new Timestamping(timestamp, meter, clock);
    statuses =
        new Statuses(
            seal,
            signing(keys, "seal-status"),
            timestamp,
            signing(keys, "timestamp-status"),
            meter,
            clock);
  }

  /** Reads what {@link PartsMaker} wrote. */
  public static Parts open(Path directory, Clock clock) throws IOException {
    try (var in = Files.newInputStream(directory.resolve("keys.p12"))) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      return new Parts(keys, Files.readAllBytes(directory.resolve("root.crl")), clock);
    } catch (GeneralSecurityException e) {
      throw new IOException("The keys in " + directory + " cannot be read", e);
    }
  }

  /** Counts what the parts do. */
  public Meter meter() {
    return meter;
  }

  /** The time that the parts go by. */
  public Clock clock() {
    return clock;
  }

  /** The sealing key. */
  public Signing seal() {
    return seal;
  }

  /** The timestamp authority. */
  public Timestamping timestamping() {
    return timestamping;
  }

  /** The OCSP responders. */
  public Statuses statuses() {
    return statuses;
  }

  /** The root's revocation list, DER. */
  public byte[] rootList() {
    return rootList.clone();
  }

  /** The one trust anchor. */
  public X509Certificate root() {
    return seal.identity().root();
  }

  private Signing signing(KeyStore keys, String alias) throws GeneralSecurityException {
    List<X509Certificate> path =
        Arrays.stream(keys.getCertificateChain(alias)).map(X509Certificate.class::cast).toList();
    return new Signing(new Identity((PrivateKey) keys.getKey(alias, PASSWORD), path), meter);
  }
}

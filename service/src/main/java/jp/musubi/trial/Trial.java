package jp.musubi.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.TestPki;

/**
 * 試用. Everything the service stands on, embedded in one folder: database, object store,
 * certification authority with TSA and OCSP responder, post office, secrets. A second start on the
 * same folder finds it all again.
 */
public final class Trial implements AutoCloseable {
  /** Of everybody in the fictional bodies; printed at start, and refused in production. */
  public static final String PASSWORD = "むすび試用2026-tsurumau";

  private static final String RUNNING = "running.properties";
  private static final String LOG_TRAY = "wal-tray";

  private final Home home;
  private final EmbeddedDatabase database;
  private final PkiServer pkiServer;
  private final Mailbox mailbox;
  private final TextGateway gateway;
  private final Map<String, Object> settings;

  private Trial(
      Home home,
      EmbeddedDatabase database,
      PkiServer pkiServer,
      Mailbox mailbox,
      TextGateway gateway,
      Map<String, Object> settings) {
    this.home = home;
    this.database = database;
    this.pkiServer = pkiServer;
    this.mailbox = mailbox;
    this.gateway = gateway;
    this.settings = settings;
  }

  /**
   * Starts the parts.
   *
   * @param folder where everything is kept
   * @param publicUrl the address that mailed links begin with
   * @return empty when another running service has the folder
   */
  public static Optional<Trial> open(Path folder, URI publicUrl) {
    return Home.own(folder).map(home -> open(home, publicUrl));
  }

  private static Trial open(Home home, URI publicUrl) {
    var settings = new HashMap<String, Object>();
    var database = EmbeddedDatabase.start(home.resolve("database"), home.resolve(LOG_TRAY));
    settings.putAll(database.settings());
    settings.putAll(backupSettings(home, database));
    var pkiServer = PkiServer.open(home.resolve("pki"), Clock.systemUTC());
    var mailbox = Mailbox.open(home.resolve("mail"));
    var gateway = TextGateway.open(mailbox, Clock.systemUTC());
    settings.put("musubi.trial.enabled", true);
    settings.put("musubi.public-url", publicUrl.toString());
    settings.put("musubi.store.directory", home.resolve("store").toString());
    settings.put("musubi.store.second-directory", home.resolve("store-copy").toString());
    settings.put("musubi.secrets.link-key-file", home.secret("link-key").toString());
    settings.put("musubi.secrets.master-key-file", home.secret("master-key").toString());
    settings.put("musubi.mail.from", "no-reply@musubi.example");
    settings.put("musubi.sms.url", gateway.url().toString());
    settings.put("spring.mail.host", "127.0.0.1");
    settings.put("spring.mail.port", mailbox.port());
    settings.put("server.address", "127.0.0.1");
    // An identity provider on the same machine, for trying it out.
    settings.put("musubi.sso.internal-hosts", "127.0.0.1,localhost");
    settings.putAll(sealSettings(home, pkiServer.pki()));
    home.note(RUNNING, settings);
    return new Trial(home, database, pkiServer, mailbox, gateway, Map.copyOf(settings));
  }

  /** A trial keeps its backups in its own folder: enough to try them out, and no more. */
  private static Map<String, Object> backupSettings(Home home, EmbeddedDatabase database) {
    return Map.of(
        "musubi.backup.directory", home.resolve("backup").toString(),
        "musubi.backup.key-file", home.secret("backup-key").toString(),
        "musubi.backup.log-tray", home.resolve(LOG_TRAY).toString(),
        "musubi.backup.url", String.valueOf(database.settings().get("spring.datasource.url")),
        "musubi.backup.user", "postgres");
  }

  private static Map<String, Object> sealSettings(Home home, TestPki pki) {
    var passwordFile = home.secret("seal-password");
    var keyStore = home.resolve("secrets").resolve("seal.p12");
    var trust = home.resolve("trust.pem");
    try {
      var password = Files.readString(passwordFile).strip().toCharArray();
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry(
          "seal", pki.sealKey(), password, pki.sealPath().toArray(new Certificate[0]));
      try (var out = Files.newOutputStream(keyStore)) {
        store.store(out, password);
      }
      Files.writeString(trust, pki.rootPem());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the trial key could not be kept", e);
    }
    return Map.of(
        "musubi.seal.key-store", keyStore.toString(),
        "musubi.seal.key-store-password-file", passwordFile.toString(),
        "musubi.seal.key-alias", "seal",
        "musubi.seal.trust-anchors", trust.toString(),
        "musubi.seal.timestamp-urls", pki.tsaUrl().toString(),
        "musubi.seal.revocation-hosts", "127.0.0.1");
  }

  /**
   * Lets {@code work} look at the data of a folder, whether the service runs on it or not; without
   * one, only the database is started, and stopped afterwards.
   */
  public static <T> T inspect(Path folder, Function<Map<String, Object>, T> work) {
    var owned = Home.own(folder);
    if (owned.isEmpty()) {
      return work.apply(Home.read(folder.resolve(RUNNING)));
    }
    try (var home = owned.get();
        var database = EmbeddedDatabase.start(home.resolve("database"), home.resolve(LOG_TRAY))) {
      var settings = Home.read(folder.resolve(RUNNING));
      settings.putAll(database.settings());
      settings.putAll(backupSettings(home, database));
      return work.apply(settings);
    }
  }

  /** What a service has to be told so that it uses the parts that run on a folder. */
  public static Map<String, Object> settingsOf(Path folder) {
    return Home.read(folder.resolve(RUNNING));
  }

  /** A contract to send, for whoever has no page to take it from. */
  public void writeSample() {
    SampleContract.all().getFirst().write(home.resolve("sample.pdf"));
  }

  /** What the service has to be told so that it uses these parts. */
  public Map<String, Object> settings() {
    return settings;
  }

  /** The letters that were sent. */
  public Mailbox mailbox() {
    return mailbox;
  }

  /** Stops the parts; the service must have stopped before. */
  @Override
  public void close() {
    gateway.close();
    mailbox.close();
    pkiServer.close();
    database.close();
    home.close();
  }
}

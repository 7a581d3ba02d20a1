package jp.musubi;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import jp.musubi.seal.isolation.WorkerMain;
import jp.musubi.testkit.ClassPathJar;
import jp.musubi.testkit.PkiServer;
import jp.musubi.trial.EmbeddedDatabase;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextConfiguration;

/**
 * The whole service on a real PostgreSQL and a real SMTP server, both shared by all tests of the
 * JVM. Tests keep apart by working for bodies of their own ({@link TestBody}).
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest
@AutoConfigureMockMvc
@ContextConfiguration(initializers = ServiceTest.RealParts.class)
public @interface ServiceTest {

  /** The parts outside of the service. */
  final class RealParts implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final EmbeddedDatabase DATABASE;
    private static final GreenMail MAIL;
    private static final Path STORE;
    private static final Path LINK_KEY;
    private static final Path WORKER;
    private static final Path PKI_FOLDER;
    private static final PkiServer PKI;
    private static final Faults FAULTS = new Faults();
    private static final TestTexts TEXTS = new TestTexts();
    private static final TestClamd CLAMD = new TestClamd();

    static {
      try {
        STORE = Files.createTempDirectory("musubi-test-store");
        LINK_KEY = Files.createTempFile("musubi-test", ".key");
        Files.write(LINK_KEY, new SecureRandom().generateSeed(32));
        WORKER = ClassPathJar.running(WorkerMain.class.getName());
        PKI_FOLDER = Files.createTempDirectory("musubi-test-pki");
        PKI = PkiServer.open(PKI_FOLDER, Clock.systemUTC());
        Files.writeString(PKI_FOLDER.resolve("password"), "musubi-trial");
        Files.writeString(PKI_FOLDER.resolve("trust.pem"), PKI.pki().rootPem());
        DATABASE = EmbeddedDatabase.start(Files.createTempDirectory("musubi-test").resolve("pg"));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
      MAIL.start();
      Runtime.getRuntime().addShutdownHook(new Thread(DATABASE::close));
    }

    /** The database itself, for looking behind row-level security. */
    public static EmbeddedDatabase database() {
      return DATABASE;
    }

    /** Certification, timestamps and revocation, with faults to switch on. */
    public static PkiServer pki() {
      return PKI;
    }

    /** Where the service can be made to break off. */
    public static Faults faults() {
      return FAULTS;
    }

    /** What looks for malware. */
    public static TestClamd clamd() {
      return CLAMD;
    }

    /** The telephones of everybody. */
    public static TestTexts texts() {
      return TEXTS;
    }

    /** The folder of the object store, for damaging what lies there. */
    public static Path store() {
      return STORE;
    }

    /** The mailbox of everybody. */
    public static GreenMail mail() {
      return MAIL;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      connect(context);
      context.getBeanFactory().registerSingleton("faultPoints", FAULTS);
    }

    /** Leads a service to these parts, without anything at its fault points. */
    public static void connect(ConfigurableApplicationContext context) {
      var settings = new HashMap<>(DATABASE.settings());
      settings.put("spring.mail.host", "127.0.0.1");
      settings.put("spring.mail.port", String.valueOf(MAIL.getSmtp().getPort()));
      settings.put("musubi.store.directory", STORE.toString());
      settings.put(
          "musubi.audit.anchor-directory",
          STORE.resolveSibling(STORE.getFileName() + "-anchors").toString());
      settings.put("musubi.malware.clamd", CLAMD.address());
      settings.put("musubi.sms.url", TEXTS.url().toString());
      settings.put("musubi.mail.from", "no-reply@musubi.example");
      settings.put("musubi.public-url", "https://keiyaku.musubi.example");
      settings.put("musubi.lgwan-url", "https://keiyaku.lgwan.example");
      // Whichever of this JVM's contexts delivers, a receiver on this machine is one.
      settings.put("musubi.api.webhook-loopback", "true");
      settings.put("musubi.secrets.link-key-file", LINK_KEY.toString());
      settings.put("musubi.inspection.jar", WORKER.toString());
      settings.put("musubi.secrets.master-key-file", LINK_KEY.toString());
      settings.put("musubi.sso.internal-hosts", "127.0.0.1");
      settings.putAll(sealSettings());
      TestPropertyValues.of(settings).applyTo(context);
    }

    private static Map<String, String> sealSettings() {
      return Map.of(
          "musubi.seal.key-store", PKI_FOLDER.resolve("keys.p12").toString(),
          "musubi.seal.key-store-password-file", PKI_FOLDER.resolve("password").toString(),
          "musubi.seal.key-alias", "seal-p-256",
          "musubi.seal.trust-anchors", PKI_FOLDER.resolve("trust.pem").toString(),
          // The parties' own certificates are of the same trial hierarchy.
          "musubi.own-signature.trust-anchors", PKI_FOLDER.resolve("trust.pem").toString(),
          "musubi.seal.timestamp-urls", PKI.pki().tsaUrl().toString(),
          "musubi.seal.timestamp-policies", PkiServer.TSA_POLICY,
          "musubi.seal.revocation-hosts", "127.0.0.1",
          "musubi.second-validator.jar",
              Path.of("../dss/target/dss-exec.jar").toAbsolutePath().normalize().toString());
    }
  }
}

package jp.musubi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

@DisplayName("メールの電子署名（S/MIME）")
class MailSignerTest {
  private static final MailAddress FROM = new MailAddress("no-reply@musubi.example");
  private static final String PASSWORD = "見本 password";
  private static final String AUTHORITY = "CN=見本メール認証局";
  private static final String TEXT = "上毛市です。\r\n契約書の確認をお願いします。\r\n.\r\n行末の空白 \r\n";

  @TempDir Path folder;

  // The service's clock is the machine's, and so is that of openssl.
  private final Instant now = Instant.now();
  private KeyPair authority;
  private X509Certificate root;

  @BeforeEach
  void found() throws Exception {
    authority = keys("EC", 256);
    root = certificate(authority, authority, AUTHORITY, Optional.empty(), 365, true);
    try (var writer = new PemWriter(Files.newBufferedWriter(folder.resolve("root.pem")))) {
      writer.writeObject(new PemObject("CERTIFICATE", root.getEncoded()));
    }
  }

  @Test
  @DisplayName("本文だけのメールも、文書を付けたメールも、届いたとおりにopensslが有効とし、本文は一字も変わらず、Message-IDも変わらない")
  void verifiesWithOpenSsl() throws Exception {
    for (var kind : new String[] {"RSA", "EC"}) {
      var signer =
          open(store(keys(kind, kind.equals("RSA") ? 2048 : 256), FROM.value(), 200, true));
      for (var attached : new boolean[] {false, true}) {
        var raw = sent(signer, attached);
        var mail = Files.write(folder.resolve(kind + attached + ".eml"), raw);
        assertThat(openssl("cms", "-verify", "-in", mail.toString(), "-out", "/dev/null"))
            .as("%s, %s", kind, attached)
            .contains("Verification successful");
        assertThat(openssl("smime", "-verify", "-in", mail.toString(), "-out", "/dev/null"))
            .contains("Verification successful");
        var message = read(raw);
        assertThat(message.getMessageID()).isEqualTo("<one@musubi.example>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getContentType())
            .startsWith("multipart/signed")
            .contains("application/pkcs7-signature", "sha-256");
        var parts = (Multipart) message.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        var first = parts.getBodyPart(0).getContent();
        assertThat(attached ? ((Multipart) first).getBodyPart(0).getContent() : first)
            .isEqualTo(TEXT);
        // One letter of the text becomes another: no longer what was signed.
        var tampered =
            new String(raw, StandardCharsets.ISO_8859_1)
                .replaceFirst("(?s)(Content-Transfer-Encoding: base64\r\n\r\n.)(.)", "$1x");
        Files.writeString(mail, tampered, StandardCharsets.ISO_8859_1);
        assertThat(openssl("cms", "-verify", "-in", mail.toString(), "-out", "/dev/null"))
            .doesNotContain("Verification successful");
      }
    }
  }

  @Test
  @DisplayName("開けない鍵、期限の過ぎた証明書、差出人のものでない証明書、用途の違う証明書では、起動しない")
  void refusesToStart() throws Exception {
    var keys = keys("RSA", 2048);
    refused(store(keys, FROM.value(), -1, true), "期限", "新しい証明書に替えてください");
    refused(store(keys, "another@musubi.example", 200, true), "差出人のアドレス");
    refused(store(keys, FROM.value(), 200, false), "鍵用途");
    refused(store(keys("RSA", 1024), FROM.value(), 200, true), "鍵が弱すぎる");
    refused(Files.writeString(folder.resolve("broken.p12"), "no key store"), "開けません");
    refused(folder.resolve("nothing.p12"), "開けません");
    assertThatThrownBy(() ->
            MailKeys.open(
                new MailSigningSettings(
                    store(keys, FROM.value(), 200, true), null, "mail", Duration.ofDays(30)),
                FROM,
                clock(now)))
        .hasMessageContaining("key-store-password-file");
    assertThat(
            MailKeys.open(
                new MailSigningSettings(null, null, "mail", Duration.ofDays(30)), FROM, clock(now)))
        .isEmpty();
  }

  @Test
  @DisplayName("動いている間に期限が過ぎたら、署名のないメールは出さずに待つ。期限の前には一日に一度だけ警報を出す")
  void neverSendsUnsigned() throws Exception {
    var log = (Logger) LoggerFactory.getLogger(MailSigner.class);
    var heard = new ListAppender<ILoggingEvent>();
    heard.start();
    log.addAppender(heard);
    try {
      var file = store(keys("RSA", 2048), FROM.value(), 40, true);
      open(file);
      assertThat(heard.list).as("40 days before").isEmpty();
      var near = open(file, now.plus(Duration.ofDays(11)));
      assertThat(heard.list).hasSize(1);
      assertThat(heard.list.getFirst().getFormattedMessage()).contains("have it renewed");
      sent(near, false);
      assertThat(heard.list).as("once a day").hasSize(1);

      var over = MailKeys.open(settings(file), FROM, new Later(now, Duration.ofDays(41)));
      var server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
      server.start();
      try {
        var smtp = smtp(server, over.orElseThrow());
        var message = letter(smtp, false);
        assertThatThrownBy(() -> smtp.send(message))
            .isInstanceOf(MailPreparationException.class)
            .hasMessageContaining("ends at");
        assertThat(server.getReceivedMessages()).isEmpty();
      } finally {
        server.stop();
      }
    } finally {
      log.detachAppender(heard);
    }
  }

  /** Right when the key is opened, later ever after. */
  private static final class Later extends Clock {
    private final Instant now;
    private final Duration by;
    private int asked;

    Later(Instant now, Duration by) {
      this.now = now;
      this.by = by;
    }

    @Override
    public Instant instant() {
      // Opening looks twice: at the certificate, and whether to alarm.
      return asked++ < 2 ? now : now.plus(by);
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }

  private static byte[] sent(MailSigner signer, boolean attached) throws Exception {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
    server.start();
    try {
      var smtp = smtp(server, signer);
      smtp.send(letter(smtp, attached));
      var raw = new ByteArrayOutputStream();
      server.getReceivedMessages()[0].writeTo(raw);
      return raw.toByteArray();
    } finally {
      server.stop();
    }
  }

  private static SmtpServer smtp(GreenMail server, MailSigner signer) {
    var sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(server.getSmtp().getPort());
    return new SmtpServer(sender, Optional.of(signer));
  }

  /** As the postman writes it. */
  private static MimeMessage letter(SmtpServer smtp, boolean attached) throws Exception {
    var message = smtp.createMessage();
    message.setFrom(new InternetAddress(FROM.value(), "上毛市", "UTF-8"));
    message.setRecipient(
        Message.RecipientType.TO, new InternetAddress("ichiro@mihon.example", false));
    message.setSubject("【上毛市】契約書の確認のお願い", "UTF-8");
    message.setHeader("Message-ID", "<one@musubi.example>");
    message.setHeader("Auto-Submitted", "auto-generated");
    if (attached) {
      var words = new MimeBodyPart();
      words.setText(TEXT, "UTF-8");
      words.setHeader("Content-Transfer-Encoding", "base64");
      var file = new MimeBodyPart();
      file.setContent(new byte[] {'%', 'P', 'D', 'F', 0, (byte) 0xff}, "application/pdf");
      file.setFileName("契約書.pdf");
      file.setHeader("Content-Transfer-Encoding", "base64");
      message.setContent(new MimeMultipart(words, file));
    } else {
      message.setText(TEXT, "UTF-8");
      message.setHeader("Content-Transfer-Encoding", "base64");
    }
    return message;
  }

  private static MimeMessage read(byte[] raw) throws Exception {
    return new MimeMessage(null, new java.io.ByteArrayInputStream(raw));
  }

  private String openssl(String command, String... more) throws Exception {
    var all = new java.util.ArrayList<>(java.util.List.of("openssl", command));
    all.addAll(java.util.List.of(more));
    all.addAll(
        java.util.List.of(
            "-purpose", "smimesign", "-CAfile", folder.resolve("root.pem").toString()));
    var process = new ProcessBuilder(all).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private void refused(Path file, String... words) {
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("musubi.mail.signing.key-store")
        .hasMessageContainingAll(words);
  }

  private MailSigner open(Path file) throws IOException {
    return open(file, now);
  }

  private MailSigner open(Path file, Instant at) throws IOException {
    return MailKeys.open(settings(file), FROM, clock(at)).orElseThrow();
  }

  private MailSigningSettings settings(Path file) throws IOException {
    var password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    return new MailSigningSettings(file, password, "mail", Duration.ofDays(30));
  }

  private static Clock clock(Instant at) {
    return Clock.fixed(at, ZoneOffset.UTC);
  }

  private Path store(KeyPair keys, String address, int days, boolean forMail) throws Exception {
    var leaf = certificate(keys, authority, "CN=むすび", Optional.of(address), days, forMail);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "mail", keys.getPrivate(), PASSWORD.toCharArray(), new Certificate[] {leaf, root});
    var file = folder.resolve(leaf.getSerialNumber() + ".p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  private X509Certificate certificate(
      KeyPair keys,
      KeyPair issuer,
      String name,
      Optional<String> address,
      int days,
      boolean forMail)
      throws Exception {
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Principal(AUTHORITY),
            BigInteger.valueOf(System.nanoTime()),
            Date.from(now.minus(Duration.ofDays(100))),
            Date.from(now.plus(Duration.ofDays(days))),
            new X500Principal(name),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(address.isEmpty()));
    builder.addExtension(
        Extension.keyUsage,
        true,
        new KeyUsage(
            address.isEmpty()
                ? KeyUsage.keyCertSign
                : forMail ? KeyUsage.digitalSignature : KeyUsage.keyEncipherment));
    if (address.isPresent()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(new GeneralName(GeneralName.rfc822Name, address.get())));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(
                new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
  }

  private static KeyPair keys(String kind, int bits) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance(kind);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }
}

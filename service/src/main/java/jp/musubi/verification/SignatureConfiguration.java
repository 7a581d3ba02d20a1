package jp.musubi.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import jp.musubi.malware.MalwareScans;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.PartyAnchors;
import jp.musubi.seal.isolation.WorkerLimits;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.vault.Vault;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The process in which files of strangers are judged, apart from those for the bodies' uploads. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignatureSettings.class)
class SignatureConfiguration {

  /** One for everybody; it starts when it is first needed. */
  @Bean(destroyMethod = "close")
  JudgingProcess judgingProcess(
      SignatureSettings settings,
      @Value("${musubi.inspection.jar:verifier/target/verifier-exec.jar}") Path jar) {
    var limits =
        new WorkerLimits(
            settings.heapMegabytes(), settings.cpu(), settings.deadline(), settings.deadline());
    return new JudgingProcess(new Workers(jar, limits, 1));
  }

  /** Not a bean of the type that takes in uploads: nobody must be given the one for the other. */
  record JudgingProcess(Workers workers) implements AutoCloseable {
    @Override
    public void close() {
      workers.close();
    }
  }

  @Bean
  SignatureCheck signatureCheck(
      JudgingProcess process,
      SignatureSettings settings,
      @Value("${musubi.seal.trust-anchors}") Path sealAnchors,
      PartyAnchors parties,
      MalwareScans scans,
      Organisations organisations,
      Vault vault,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock)
      throws IOException, GeneralSecurityException {
    var anchors = new HashSet<>(certificates(sealAnchors));
    anchors.addAll(parties.certificates());
    if (settings.trustAnchors() != null) {
      anchors.addAll(certificates(settings.trustAnchors()));
    }
    return new SignatureCheck(
        process.workers(),
        anchors,
        scans,
        organisations,
        vault,
        jdbc,
        new TransactionTemplate(transactions),
        clock);
  }

  private static Set<X509Certificate> certificates(Path pem)
      throws IOException, GeneralSecurityException {
    try (var in = Files.newInputStream(pem)) {
      var all = new HashSet<X509Certificate>();
      for (var each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        all.add((X509Certificate) each);
      }
      return all;
    }
  }
}

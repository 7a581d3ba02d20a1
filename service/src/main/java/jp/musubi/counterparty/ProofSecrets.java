package jp.musubi.counterparty;

import java.nio.file.Path;
import java.util.UUID;
import jp.musubi.platform.secrets.MailedSecrets;
import jp.musubi.seal.Sha256;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The secrets of links by which an address answers; none of them opens a contract. */
@Component
class ProofSecrets {
  private final MailedSecrets secrets;

  ProofSecrets(@Value("${musubi.secrets.link-key-file}") Path keyFile) {
    this.secrets = new MailedSecrets(keyFile, "musubi-counterparty-1");
  }

  /** The secret part of a link's address. */
  String of(UUID link) {
    return secrets.of(link);
  }

  /** What the database keeps of a link's secret. */
  Sha256 hashOf(UUID link) {
    return MailedSecrets.hashOf(of(link));
  }
}

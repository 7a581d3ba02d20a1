package jp.musubi.submission;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.organisation.PublicAddresses;
import jp.musubi.platform.secrets.MailedSecrets;
import jp.musubi.seal.Sha256;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The secrets of the links by which somebody hands in, and their addresses: {@code
 * PUBLIC-URL/s/BODY-CODE/submission/LINK/SECRET}. None of them opens a contract.
 */
@Component
class SubmissionSecrets implements LiveSecrets {
  private final MailedSecrets secrets;
  private final CallStore store;
  private final PublicAddresses addresses;

  SubmissionSecrets(
      CallStore store,
      PublicAddresses addresses,
      @Value("${musubi.secrets.link-key-file}") Path keyFile) {
    this.secrets = new MailedSecrets(keyFile, "musubi-submission-1");
    this.store = store;
    this.addresses = addresses;
  }

  /** What the database keeps of a link's secret. */
  Sha256 hashOf(UUID link) {
    return MailedSecrets.hashOf(secrets.of(link));
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID id, MailAddress recipient) {
    return store
        .link(id)
        .filter(link -> MailAddress.parse(link.mail()).equals(recipient))
        .map(_ -> addresses.of("submission/%s/%s".formatted(id, secrets.of(id))));
  }
}

package jp.musubi.input;

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
 * The secrets of the links by which somebody fills in, and their addresses: {@code
 * PUBLIC-URL/s/BODY-CODE/input/REQUEST/SECRET}. None of them opens a contract that was sent.
 */
@Component
class InputSecrets implements LiveSecrets {
  private final MailedSecrets secrets;
  private final InputStore store;
  private final PublicAddresses addresses;

  InputSecrets(
      InputStore store,
      PublicAddresses addresses,
      @Value("${musubi.secrets.link-key-file}") Path keyFile) {
    this.secrets = new MailedSecrets(keyFile, "musubi-input-1");
    this.store = store;
    this.addresses = addresses;
  }

  /** What the database keeps of a link's secret. */
  Sha256 hashOf(UUID request) {
    return MailedSecrets.hashOf(secrets.of(request));
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID id, MailAddress recipient) {
    return store
        .request(id)
        .filter(request -> MailAddress.parse(request.mail()).equals(recipient))
        .map(_ -> addresses.of("input/%s/%s".formatted(id, secrets.of(id))));
  }
}

package jp.musubi.recipient;

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

/** Addresses of recipients' links: {@code PUBLIC-URL/s/BODY-CODE/receipt/LINK/SECRET}. */
@Component
class RecipientLinks implements LiveSecrets {
  private final RecipientStore store;
  private final PublicAddresses addresses;
  private final MailedSecrets secrets;

  RecipientLinks(
      RecipientStore store,
      PublicAddresses addresses,
      @Value("${musubi.secrets.link-key-file}") Path keyFile) {
    this.store = store;
    this.addresses = addresses;
    this.secrets = new MailedSecrets(keyFile, "musubi-recipient-1");
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID link, MailAddress recipient) {
    return store
        .byLink(link)
        .filter(found -> MailAddress.parse(found.entered().mail()).equals(recipient))
        .map(_ -> addresses.of("receipt/%s/%s".formatted(link, secrets.of(link))));
  }

  /** What the database keeps of a link's secret. */
  Sha256 hashOf(UUID link) {
    return MailedSecrets.hashOf(secrets.of(link));
  }
}

package jp.musubi.recipient;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.MailedSecrets;
import jp.musubi.seal.Sha256;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Addresses of recipients' links: {@code PUBLIC-URL/s/BODY-CODE/receipt/LINK/SECRET}. */
@Component
class RecipientLinks implements LiveSecrets {
  private final RecipientStore store;
  private final Organisations organisations;
  private final MailedSecrets secrets;
  private final URI publicUrl;

  RecipientLinks(
      RecipientStore store,
      Organisations organisations,
      @Value("${musubi.secrets.link-key-file}") Path keyFile,
      @Value("${musubi.public-url}") URI publicUrl) {
    this.store = store;
    this.organisations = organisations;
    this.secrets = new MailedSecrets(keyFile, "musubi-recipient-1");
    this.publicUrl = publicUrl;
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID link, MailAddress recipient) {
    return store
        .byLink(link)
        .filter(found -> MailAddress.parse(found.entered().mail()).equals(recipient))
        .map(_ -> address(link));
  }

  /** What the database keeps of a link's secret. */
  Sha256 hashOf(UUID link) {
    return MailedSecrets.hashOf(secrets.of(link));
  }

  private String address(UUID link) {
    var code = organisations.body(Tenancy.required()).orElseThrow().code();
    return "%s/s/%s/receipt/%s/%s"
        .formatted(publicUrl.toString().replaceAll("/+$", ""), code, link, secrets.of(link));
  }
}

package jp.musubi.counterparty;

import java.util.Optional;
import java.util.UUID;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.organisation.PublicAddresses;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes the addresses of applicants' links: {@code PUBLIC-URL/s/BODY-CODE/KIND/LINK/SECRET}. */
@Component
class ProofAddresses implements LiveSecrets {
  private final ApplicationStore applications;
  private final ConsentStore consents;
  private final ProofSecrets secrets;
  private final PublicAddresses addresses;

  ProofAddresses(
      ApplicationStore applications,
      ConsentStore consents,
      ProofSecrets secrets,
      PublicAddresses addresses) {
    this.applications = applications;
    this.consents = consents;
    this.secrets = secrets;
    this.addresses = addresses;
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID link, MailAddress recipient) {
    return applications
        .mailOf(link)
        .filter(mail -> MailAddress.parse(mail).equals(recipient))
        .map(_ -> address("application", link))
        .or(() ->
            consents
                .find(link)
                .filter(asked -> MailAddress.parse(asked.mail()).equals(recipient))
                .map(_ -> address("consent", link)));
  }

  private String address(String kind, UUID link) {
    return addresses.of("%s/%s/%s".formatted(kind, link, secrets.of(link)));
  }
}

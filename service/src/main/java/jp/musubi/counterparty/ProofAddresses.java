package jp.musubi.counterparty;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Writes the addresses of applicants' links: {@code PUBLIC-URL/s/BODY-CODE/KIND/LINK/SECRET}. */
@Component
class ProofAddresses implements LiveSecrets {
  private final ApplicationStore applications;
  private final ConsentStore consents;
  private final ProofSecrets secrets;
  private final Organisations organisations;
  private final URI publicUrl;

  ProofAddresses(
      ApplicationStore applications,
      ConsentStore consents,
      ProofSecrets secrets,
      Organisations organisations,
      @Value("${musubi.public-url}") URI publicUrl) {
    this.applications = applications;
    this.consents = consents;
    this.secrets = secrets;
    this.organisations = organisations;
    this.publicUrl = publicUrl;
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
    var code = organisations.body(Tenancy.required()).orElseThrow().code();
    return "%s/s/%s/%s/%s/%s"
        .formatted(publicUrl.toString().replaceAll("/+$", ""), code, kind, link, secrets.of(link));
  }
}

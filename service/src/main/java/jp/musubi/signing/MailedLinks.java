package jp.musubi.signing;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Party;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.PublicAddresses;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Writes addresses: {@code PUBLIC-URL/s/BODY-CODE/LINK/SECRET}. */
@Component
class MailedLinks implements LiveSecrets {
  private final LinkStore links;
  private final LinkSecrets secrets;
  private final Contracts contracts;
  private final PublicAddresses addresses;
  private final Organisations organisations;
  private final URI publicUrl;

  MailedLinks(
      LinkStore links,
      LinkSecrets secrets,
      Contracts contracts,
      PublicAddresses addresses,
      Organisations organisations,
      @Value("${musubi.public-url}") URI publicUrl) {
    this.links = links;
    this.secrets = secrets;
    this.contracts = contracts;
    this.addresses = addresses;
    this.organisations = organisations;
    this.publicUrl = publicUrl;
  }

  @Override
  public Optional<String> of(UUID link, MailAddress recipient) {
    return links
        .find(link)
        .filter(found -> recipient.equals(addressOf(party(found))))
        .map(_ -> addresses.of("%s/%s".formatted(link, secrets.of(link))));
  }

  private static @Nullable MailAddress addressOf(Party party) {
    return party.mail() == null ? null : MailAddress.parse(party.mail());
  }

  private Party party(Link link) {
    return contracts.get(link.contract()).parties().stream()
        .filter(party -> party.id().equals(link.party()))
        .findFirst()
        .orElseThrow();
  }

  /** The host that mails spell out, for people to compare. */
  String host() {
    return publicUrl.getAuthority();
  }

  /** Where everybody may read how to tell a genuine mail. */
  String genuinePage() {
    return base() + "/mail";
  }

  /** Where somebody can try the pages out. */
  String practice() {
    return base() + "/practice";
  }

  /** Where somebody can see what was concluded with every body. */
  String past() {
    return base() + "/past";
  }

  /** The current body. */
  Body body() {
    return organisations.current();
  }

  private String base() {
    return publicUrl.toString().replaceAll("/+$", "");
  }
}

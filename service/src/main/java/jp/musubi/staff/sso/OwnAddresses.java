package jp.musubi.staff.sso;

import java.net.URI;
import jp.musubi.organisation.Body;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Our addresses that providers are told: each of one body alone, so that no answer fits another.
 */
@Component
class OwnAddresses {
  private final URI publicUrl;

  OwnAddresses(@Value("${musubi.public-url}") URI publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Where the provider sends the browser back to. */
  String back(Body body, Provider.Kind kind) {
    return at(body, Kinds.path(kind));
  }

  /** What we call ourselves for a SAML provider of this body; our metadata lie there. */
  String entityId(Body body) {
    return at(body, "saml-metadata");
  }

  private String at(Body body, String end) {
    return publicUrl.resolve("/signin/sso/" + body.code() + "/" + end).toString();
  }
}

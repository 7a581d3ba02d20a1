package jp.musubi.staff.sso;

import java.util.List;
import jp.musubi.organisation.Body;
import jp.musubi.platform.web.Entrance;
import jp.musubi.platform.web.Entrances;
import org.springframework.stereotype.Component;

/**
 * Our addresses that providers are told: each of one body alone, so that no answer fits another.
 */
@Component
class OwnAddresses {
  private final Entrances entrances;

  OwnAddresses(Entrances entrances) {
    this.entrances = entrances;
  }

  /** Where the provider sends a browser back to that came in there. */
  String back(Body body, Provider.Kind kind, Entrance.Side entrance) {
    return at(entrances.on(entrance), body, Kinds.path(kind));
  }

  /** All of these, which the provider has to know, the public one first. */
  List<String> backs(Body body, Provider.Kind kind) {
    return entrances.all().map(entrance -> at(entrance, body, Kinds.path(kind))).toList();
  }

  /** What we call ourselves for a SAML provider of this body; our metadata lie there. */
  String entityId(Body body) {
    return at(entrances.internet(), body, "saml-metadata");
  }

  private static String at(Entrance entrance, Body body, String end) {
    return entrance.at("/signin/sso/" + body.code() + "/" + end);
  }
}

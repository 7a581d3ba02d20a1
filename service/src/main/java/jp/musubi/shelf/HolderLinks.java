package jp.musubi.shelf;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.notification.LiveSecrets;
import jp.musubi.notification.MailAddress;
import jp.musubi.platform.secrets.MailedSecrets;
import jp.musubi.platform.web.Entrances;
import jp.musubi.seal.Sha256;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Addresses of mailed ways to a shelf: {@code PUBLIC-URL/past/enter/LINK/SECRET}. */
@Component
class HolderLinks implements LiveSecrets {
  private final HolderStore store;
  private final Entrances entrances;
  private final MailedSecrets secrets;
  private final Clock clock;

  HolderLinks(
      HolderStore store,
      Entrances entrances,
      @Value("${musubi.secrets.link-key-file}") Path keyFile,
      Clock clock) {
    this.store = store;
    this.entrances = entrances;
    this.secrets = new MailedSecrets(keyFile, "musubi-shelf-1");
    this.clock = clock;
  }

  @Override
  @Transactional(readOnly = true)
  public Optional<String> of(UUID link, MailAddress recipient) {
    return store
        .link(link, clock.instant())
        .filter(found -> found.address().equals(new HolderAddress(recipient).digest()))
        .map(_ -> entrances.internet().at("/past/enter/%s/%s".formatted(link, secrets.of(link))));
  }

  /** What the database keeps of a link's secret. */
  Sha256 hashOf(UUID link) {
    return MailedSecrets.hashOf(secrets.of(link));
  }
}

package jp.musubi.contract;

import java.util.EnumSet;
import java.util.Set;
import jp.musubi.notification.TextMessages;
import org.springframework.stereotype.Component;

/**
 * 選べる本人確認の方法. What this installation can ask of a counterparty: some ways need an operator's
 * setting.
 */
@Component
public class PossibleWays {
  private final TextMessages texts;
  private final ExternalProviders providers;

  PossibleWays(TextMessages texts, ExternalProviders providers) {
    this.texts = texts;
    this.providers = providers;
  }

  /** All of them. */
  public Set<Identification.Way> now() {
    var ways = EnumSet.noneOf(Identification.Way.class);
    for (var way : Identification.Way.values()) {
      if (isPossible(way)) {
        ways.add(way);
      }
    }
    return ways;
  }

  /** Whether it can be asked for. */
  boolean isPossible(Identification.Way way) {
    return switch (way) {
      case SMS_CODE -> texts.areOffered();
      case EXTERNAL_ID_L2, EXTERNAL_ID_L3 -> providers.reach(way.level());
      case MAIL, ACCESS_CODE, MAIL_CODE, TOTP, PASSKEY -> true;
    };
  }
}

package jp.musubi.staff.sso;

import java.util.List;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * What the settings of the body's ID print: a card for each kind of provider.
 *
 * @param warning what wants a look before anything else
 */
record SettingsPage(List<Crumb> crumbs, @Nullable Text warning, List<Card> cards) {
  SettingsPage {
    crumbs = List.copyOf(crumbs);
    cards = List.copyOf(cards);
  }

  /**
   * One kind.
   *
   * @param title message key
   */
  record Card(String title, List<Fact> facts, List<Sheet.Action> actions) {
    Card {
      facts = List.copyOf(facts);
      actions = List.copyOf(actions);
    }
  }
}

package jp.musubi.verifier;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of the command line, in Japanese. */
final class Words {
  private Words() {}

  static String of(String key, Object... values) {
    var bundle =
        ResourceBundle.getBundle(
            "jp.musubi.verifier.messages",
            Locale.ROOT,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    return new MessageFormat(bundle.getString(key), Locale.JAPAN).format(values);
  }
}

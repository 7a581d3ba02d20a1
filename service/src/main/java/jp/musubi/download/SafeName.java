package jp.musubi.download;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name that every file system takes, Windows' (MS-FSCC 2.1.5) and those with 255 bytes a name;
 * letters stay as they were entered.
 */
final class SafeName {
  private static final int MOST_BYTES = 180;
  private static final Pattern FORBIDDEN =
      Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}\\p{Zl}\\p{Zp}]");

  /** Invisible, and able to turn a name's ending round (CVE-2009-3376). */
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?");

  private final Set<String> taken = new HashSet<>();

  /** A name of its own: as given, or with a number behind it. */
  String own(String name) {
    for (var count = 1; ; count++) {
      var tried = count == 1 ? name : name + "(" + count + ")";
      // Some file systems take names for the same that differ in case or in how letters are
      // composed.
      if (taken.add(Normalizer.normalize(tried, Normalizer.Form.NFC).toLowerCase(Locale.ROOT))) {
        return tried;
      }
    }
  }

  static String of(String text) {
    var plain = FORBIDDEN.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll("_");
    var bounded = bounded(plain.replaceAll("^[\\s.]+", ""));
    var ended = bounded.replaceAll("[\\s.]+$", "");
    if (ended.isEmpty()) {
      return "_";
    }
    return DEVICE.matcher(ended).matches() ? "_" + ended : ended;
  }

  private static String bounded(String text) {
    var name = new StringBuilder();
    var bytes = 0;
    for (var letter : text.codePoints().toArray()) {
      var written = Character.toString(letter);
      bytes += written.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MOST_BYTES) {
        break;
      }
      name.append(written);
    }
    return name.toString();
  }
}

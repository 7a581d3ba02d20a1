package jp.musubi.staff;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.platform.web.Text;

/**
 * パスワードの決まり. Long enough and not among what everybody tries first; no rule about kinds of
 * characters and no expiry (NIST SP 800-63B-4, ASVS 6.2).
 */
final class PasswordRule {
  /** More is taken for a slip or an attack on the hash. */
  static final int MOST = 200;

  /** "Safely unguessable" behind a slow hash, in the scale of the library's authors. */
  private static final double FEWEST_GUESSES = 1e8;

  /** Characters that are looked at; the time it takes grows with the square. */
  private static final int MEASURED = 40;

  private static final Zxcvbn STRENGTH = new Zxcvbn();
  private static final Pattern REPEATED = Pattern.compile("(.{1,4}?)\\1+");
  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}]");
  private static final List<String> COMMON = common();

  private PasswordRule() {}

  /** What is wrong with a password. */
  enum Wrong {
    /** Fewer than characters than the body wants. */
    TOO_SHORT,
    /** More than {@link #MOST} characters. */
    TOO_LONG,
    /** What leaked lists, words, names, rows of keys and dates are tried for first. */
    COMMON,
    /** Little else than the body's, the service's or the person's own name. */
    OF_THE_CONTEXT
  }

  /** How that is told. */
  static Text words(Wrong wrong, int least) {
    return Text.of("staff.password.wrong." + wrong, String.valueOf(least));
  }

  /**
   * What is wrong with the password, if anything.
   *
   * @param least characters, as the body's policy says
   * @param context names that somebody who knows the person would try: body, login id, own name
   */
  static Optional<Wrong> of(String password, int least, Collection<String> context) {
    var plain = Normalizer.normalize(password, Normalizer.Form.NFKC);
    var length = plain.codePointCount(0, plain.length());
    if (length < least) {
      return Optional.of(Wrong.TOO_SHORT);
    }
    if (length > MOST) {
      return Optional.of(Wrong.TOO_LONG);
    }
    var folded = fold(plain);
    if (REPEATED.matcher(folded).matches() || isMostly(folded, COMMON)) {
      return Optional.of(Wrong.COMMON);
    }
    var known = context.stream().map(PasswordRule::fold).filter(w -> w.length() > 2).toList();
    if (isMostly(folded, known)) {
      return Optional.of(Wrong.OF_THE_CONTEXT);
    }
    return isGuessable(plain) ? Optional.of(Wrong.COMMON) : Optional.empty();
  }

  /**
   * Whether an attacker who tries the words of leaked lists with the usual changes comes to it too
   * soon. What is hard to guess up to here stays hard with more behind it.
   */
  private static boolean isGuessable(String plain) {
    var end =
        plain.offsetByCodePoints(0, Math.min(MEASURED, plain.codePointCount(0, plain.length())));
    return STRENGTH.measure(plain.substring(0, end)).getGuesses() < FEWEST_GUESSES;
  }

  /**
   * Whether next to nothing is left when the words are taken out: a year and a mark behind a common
   * word make no new password, while a sentence that contains one is its own.
   */
  private static boolean isMostly(String folded, Collection<String> words) {
    var rest = folded;
    for (var word : words) {
      rest = rest.replace(word, "");
    }
    var letters = NOT_LETTERS.matcher(rest).replaceAll("");
    return !rest.equals(folded) && letters.codePointCount(0, letters.length()) < 4;
  }

  /** Lower case, without the usual disguises of letters and without spaces. */
  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[\\s\\p{Z}]", "")
        .replace('@', 'a')
        .replace('$', 's')
        .replace('0', 'o')
        .replace('3', 'e');
  }

  private static List<String> common() {
    try (var in =
            Objects.requireNonNull(
                PasswordRule.class.getResourceAsStream("/passwords/common.txt"),
                "passwords/common.txt is on the class path");
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(PasswordRule::fold)
          // The longest first, or a part would leave the rest of a longer one standing.
          .sorted(java.util.Comparator.comparingInt(String::length).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

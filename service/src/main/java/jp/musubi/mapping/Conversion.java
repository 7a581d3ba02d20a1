package jp.musubi.mapping;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Text;

/**
 * 読み方. How a text of theirs becomes one of ours: a closed list. Nothing is guessed; tax is neither
 * added nor taken away.
 */
public enum Conversion {
  /** As it stands. */
  TEXT,
  /** A sum in yen, with commas, 円, ￥, in either width. */
  YEN,
  /** A sum in thousands of yen. */
  THOUSAND_YEN,
  /** A day by either calendar, with 20260401 and a time behind it, too. */
  DAY,
  /** Their code, by a table of the mapping. */
  CODES,
  /** A 法人番号 with its check digit. */
  CORPORATE_NUMBER;

  private static final Pattern THOUSANDS =
      Pattern.compile("(?:金|¥|\\\\)?(\\d{1,10}|\\d{1,3}(?:,\\d{3}){1,3})(\\.\\d{1,3})?(?:千円)?");
  private static final Pattern PLAIN_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
  private static final Pattern TIME =
      Pattern.compile("\\s+\\d{1,2}(?::\\d{2}){1,2}$|\\s*\\d{1,2}時(?:\\d{1,2}分)?$");
  private static final long THOUSAND = 1_000;

  /** What came of a text. */
  public sealed interface Outcome {
    /** Ours. */
    record Read(String text) implements Outcome {}

    /** It cannot be read so. */
    record Unfit(Text why) implements Outcome {}
  }

  /**
   * Reads one text; an empty one stays empty.
   *
   * @param codes theirs to ours, of {@link #CODES}
   */
  public Outcome read(String theirs, Map<String, String> codes) {
    if (theirs.isEmpty()) {
      return new Outcome.Read("");
    }
    return switch (this) {
      case TEXT -> new Outcome.Read(theirs);
      case YEN -> {
        var yen = Yen.parse(theirs);
        yield of(yen.isPresent() ? Optional.of(String.valueOf(yen.getAsLong())) : Optional.empty());
      }
      case THOUSAND_YEN -> of(thousands(theirs));
      case DAY -> of(day(theirs));
      case CODES -> of(Optional.ofNullable(codes.get(theirs)));
      case CORPORATE_NUMBER -> of(CorporateNumber.parse(theirs).map(CorporateNumber::digits));
    };
  }

  private Outcome of(Optional<String> ours) {
    return ours.<Outcome>map(Outcome.Read::new)
        .orElseGet(() -> new Outcome.Unfit(Text.of("mapping.unfit." + this)));
  }

  private static Optional<String> thousands(String theirs) {
    var match = THOUSANDS.matcher(plain(theirs).replaceAll("\\s", ""));
    if (!match.matches()) {
      return Optional.empty();
    }
    var decimals = match.group(2) == null ? "" : match.group(2);
    var yen =
        new BigDecimal(match.group(1).replace(",", "") + decimals)
            .multiply(BigDecimal.valueOf(THOUSAND))
            .longValueExact();
    return yen <= Yen.MOST ? Optional.of(String.valueOf(yen)) : Optional.empty();
  }

  private static Optional<String> day(String theirs) {
    var plain = TIME.matcher(plain(theirs)).replaceFirst("");
    var digits = PLAIN_DAY.matcher(plain);
    return JapaneseDates.parse(
            digits.matches()
                ? digits.group(1) + "-" + digits.group(2) + "-" + digits.group(3)
                : plain)
        .map(reading -> JapaneseDates.era(reading.date()));
  }

  private static String plain(String theirs) {
    return Normalizer.normalize(theirs, Normalizer.Form.NFKC).strip();
  }
}

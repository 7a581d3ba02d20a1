package jp.musubi.platform;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.Normalizer;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** 金額 — sums of yen as people write and read them (UI-6). */
public final class Yen {

  /** Sums above this are taken for a slip of the finger: ten trillion yen less one. */
  public static final long MOST = 9_999_999_999_999L;

  private static final Pattern PLAIN = Pattern.compile("(?:金|¥|\\\\)?(\\d{1,13})(?:円|-)?");
  // Commas stand between groups of three; 1,23 is a slip, not 123.
  private static final Pattern GROUPED =
      Pattern.compile("(?:金|¥|\\\\)?(\\d{1,3}(?:,\\d{3}){1,4})(?:円|-)?");

  private Yen() {}

  /** 1,234,000円. */
  public static String format(long yen) {
    return new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(yen)
        + "円";
  }

  /**
   * Reads a sum: {@code 1234000}, {@code 1,234,000円}, {@code ￥１，２３４，０００}, {@code 金 1,234,000 円}.
   * Empty when it is no whole sum of yen between 0 and {@link #MOST}.
   */
  public static OptionalLong parse(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}]", "");
    for (var form : new Pattern[] {PLAIN, GROUPED}) {
      var match = form.matcher(plain);
      if (match.matches()) {
        return OptionalLong.of(Long.parseLong(match.group(1).replace(",", "")));
      }
    }
    return OptionalLong.empty();
  }
}

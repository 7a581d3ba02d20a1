package jp.musubi.organisation;

import java.util.regex.Pattern;

/** 団体コードと法人番号. Whether a number can be one, by its check digit. */
public final class BodyCodes {
  private static final Pattern SIX = Pattern.compile("\\d{6}");
  private static final Pattern THIRTEEN = Pattern.compile("[1-9]\\d{12}");

  private BodyCodes() {}

  /** 全国地方公共団体コード: six digits, the last one {@code (11 − (6a+5b+4c+3d+2e) mod 11) mod 10}. */
  public static boolean isBodyCode(String code) {
    if (!SIX.matcher(code).matches()) {
      return false;
    }
    var sum = 0;
    for (var i = 0; i < 5; i++) {
      sum += (6 - i) * digit(code, i);
    }
    return (11 - sum % 11) % 10 == digit(code, 5);
  }

  /**
   * 法人番号: thirteen digits, the first one {@code 9 − (Σ Pn·Qn mod 9)}, Pn the n-th digit from the
   * right, Qn 1 for odd n and 2 for even n (国税庁告示, 法人番号の指定等に関する省令2条).
   */
  public static boolean isCorporateNumber(String number) {
    if (!THIRTEEN.matcher(number).matches()) {
      return false;
    }
    var sum = 0;
    for (var n = 1; n <= 12; n++) {
      sum += digit(number, 13 - n) * (n % 2 == 1 ? 1 : 2);
    }
    return 9 - sum % 9 == digit(number, 0);
  }

  /** 7-0000-2010-0005: as printed, 1-4-4-4. */
  public static String printed(String corporateNumber) {
    return corporateNumber.replaceFirst("(\\d)(\\d{4})(\\d{4})(\\d{4})", "$1-$2-$3-$4");
  }

  private static int digit(String text, int at) {
    return text.charAt(at) - '0';
  }
}

package jp.musubi.counterparty;

import java.text.Normalizer;
import java.util.Optional;

/**
 * 法人番号. Thirteen digits, the first of which checks the others (番号利用法施行規則; 法人番号の指定等に関する省令 2 条). Sole
 * traders have none.
 */
public record CorporateNumber(String digits) {
  private static final int LENGTH = 13;

  /** Refuses what is not a number with the right check digit. */
  public CorporateNumber {
    if (!digits.matches("[1-9][0-9]{12}") || digits.charAt(0) - '0' != checkDigit(digits)) {
      throw new IllegalArgumentException("not a corporate number");
    }
  }

  /** Reads a number as a person typed it: in either width, with hyphens or spaces between. */
  public static Optional<CorporateNumber> parse(String typed) {
    var plain =
        Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("[\\s\\-‐‑‒–—―−ー]", "");
    try {
      return plain.length() == LENGTH ? Optional.of(new CorporateNumber(plain)) : Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  /** 9 − (Σ Pₙ·Qₙ mod 9), n counted from the last digit, Qₙ being 1 for odd n and 2 for even. */
  private static int checkDigit(String digits) {
    var sum = 0;
    for (var n = 1; n < LENGTH; n++) {
      sum += (digits.charAt(LENGTH - n) - '0') * (n % 2 == 1 ? 1 : 2);
    }
    return 9 - sum % 9;
  }

  @Override
  public String toString() {
    return digits;
  }
}

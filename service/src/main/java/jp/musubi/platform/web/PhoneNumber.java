package jp.musubi.platform.web;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** 携帯電話番号 as people in Japan write them, and as gateways want them (ITU-T E.164). */
public final class PhoneNumber {
  /** 060, 070, 080 and 090 are mobile (電気通信番号計画). */
  private static final Pattern MOBILE = Pattern.compile("(?:0|\\+?81)([6-9]0[1-9]\\d{7})");

  private static final String COUNTRY = "+81";

  private PhoneNumber() {}

  /** The number as {@code +819012345678}; empty unless it is a Japanese mobile telephone's. */
  public static Optional<String> mobile(@Nullable String typed) {
    if (typed == null) {
      return Optional.empty();
    }
    var plain =
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
            .replaceAll("[\\s\\p{Pd}()ー−]", "")
            .replaceFirst("^(\\+?81)0", "$1");
    var matcher = MOBILE.matcher(plain);
    return matcher.matches() ? Optional.of(COUNTRY + matcher.group(1)) : Optional.empty();
  }

  /** As people write it: 090-1234-5678; empty for none. */
  public static String national(String number) {
    return number.startsWith(COUNTRY)
        ? "0%s-%s-%s".formatted(number.substring(3, 5), number.substring(5, 9), number.substring(9))
        : number;
  }

  /** The same for eyes that may not be its owner's: ***-****-5678. */
  public static String masked(String number) {
    return "***-****-" + number.substring(number.length() - 4);
  }
}

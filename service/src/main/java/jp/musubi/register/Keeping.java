package jp.musubi.register;

import java.text.Normalizer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * 保存年限. For how long the body keeps the record of a contract, by its own rules.
 *
 * @param years 1 to 100; empty for 永年
 */
record Keeping(OptionalInt years) {
  private static final Pattern YEARS = Pattern.compile("([1-9]\\d?|100)年?(?:間|保存)?");
  private static final Keeping FOREVER = new Keeping(OptionalInt.empty());

  /** 永年. */
  static Keeping forever() {
    return FOREVER;
  }

  /** So many years. */
  static Keeping of(int years) {
    return new Keeping(OptionalInt.of(years));
  }

  /** Reads {@code 5}, {@code ５年}, {@code 永年}; empty when it is neither. */
  static Optional<Keeping> parse(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s\\p{Z}]", "");
    if (plain.equals("永年") || plain.equals("永久")) {
      return Optional.of(FOREVER);
    }
    var years = YEARS.matcher(plain);
    return years.matches() ? Optional.of(of(Integer.parseInt(years.group(1)))) : Optional.empty();
  }

  /** 5年, 永年. */
  @Override
  public String toString() {
    return years.isPresent() ? years.getAsInt() + "年" : "永年";
  }
}

package jp.musubi.signing;

import java.util.UUID;
import java.util.regex.Pattern;

/** The key that makes a form count once. */
final class FormKey {
  private static final Pattern FORM = Pattern.compile("[0-9a-f-]{36}");

  private FormKey() {}

  static String next() {
    return UUID.randomUUID().toString();
  }

  static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}

package jp.musubi.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * 本人確認の要素, as agreements name them: divided by {@code +}, one with the name of whose word it is
 * behind a colon, such as {@code MAIL_LINK+EXTERNAL_ID:GビズID}.
 */
public final class Factors {
  private Factors() {}

  /**
   * Each in words.
   *
   * @param words of a factor, itself where there are none
   */
  public static List<String> inWords(String authentication, UnaryOperator<String> words) {
    return Arrays.stream(authentication.split("\\+"))
        .map(factor -> {
          var named = factor.split(":", 2);
          var word = words.apply(named[0]);
          return named.length == 1 ? word : word + "（" + named[1] + "）";
        })
        .toList();
  }
}

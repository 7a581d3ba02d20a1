package jp.musubi.signing;

import java.util.List;
import java.util.Locale;
import jp.musubi.means.ExternalProvider;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * 本人確認の画面, in one shape whatever is asked for: what it is and how it reaches the person, one field
 * or one button, the tries that are left, and what to do when it does not come.
 *
 * @param ask what is asked for
 * @param words under which its messages lie
 * @param field to type into; null where nothing is typed now
 * @param sends whether a number is sent upon a button
 * @param sent whether one was
 * @param to where numbers go
 * @param left tries
 * @param options what the passkey is asked, as JSON for the browser; null without one
 * @param waits whether the browser asks only upon the button: its first answer was not right
 * @param choices where one may sign in
 */
record IdentityPage(
    Visit.Ask ask,
    String words,
    @Nullable Field field,
    boolean sends,
    boolean sent,
    String to,
    int left,
    @Nullable String options,
    boolean waits,
    List<Choice> choices) {
  private static final Field.Look CODE =
      new Field.Look("text", "one-time-code", null, "medium", null, 80, null);

  /** A provider, by its name in the reader's language. */
  record Choice(String key, String name) {
    static List<Choice> of(List<ExternalProvider> providers) {
      return providers.stream()
          .map(each -> new Choice(each.key(), each.name(Pages.locale())))
          .toList();
    }
  }

  /** What is asked for, before anything was sent or typed. */
  static IdentityPage of(Visit visit, int left) {
    return new IdentityPage(
        visit.asks(), words(visit), null, false, false, "", left, null, false, List.of());
  }

  /** With the field of a code. */
  IdentityPage typed(@Nullable Text wrong) {
    return new IdentityPage(
        ask,
        words,
        Field.required("code", words + ".label")
            .drawn(CODE)
            .hinted("signing.code.hint")
            .wrong(wrong),
        sends,
        sent,
        to,
        left,
        options,
        waits,
        choices);
  }

  /** With the button that sends a number. */
  IdentityPage sending(String to, boolean sent) {
    return new IdentityPage(ask, words, field, true, sent, to, left, options, waits, choices);
  }

  /** With what the passkey is asked. */
  IdentityPage asking(String options, boolean waits) {
    return new IdentityPage(ask, words, field, sends, sent, to, left, options, waits, choices);
  }

  /** With where one may sign in. */
  IdentityPage choosing(List<Choice> choices) {
    return new IdentityPage(ask, words, field, sends, sent, to, left, options, waits, choices);
  }

  private static String words(Visit visit) {
    return visit.registers()
        ? "signing.first"
        : "signing." + visit.asks().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

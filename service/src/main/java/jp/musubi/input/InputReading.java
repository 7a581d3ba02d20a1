package jp.musubi.input;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.FormReader;
import org.jspecify.annotations.Nullable;

/** 記入の読み取り: what somebody typed into a field, as it is kept. Pure. */
final class InputReading {
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}");

  private InputReading() {}

  /**
   * What is kept: of a text as typed, of a number its digits, of a day as ISO 8601, of a tick true;
   * empty when nothing was typed.
   *
   * @param reader takes what is wrong
   */
  static String read(InputField field, @Nullable String typed, FormReader reader) {
    var text = typed == null ? "" : typed.strip();
    return switch (field.kind()) {
      case InputKind.Text(var most) -> reader.line(field.input(), text, most, field.mandatory());
      case InputKind.Figure number ->
          present(field, text, reader) ? number(field, number, text, reader) : "";
      case InputKind.Day day -> present(field, text, reader) ? day(field, day, text, reader) : "";
      case InputKind.Tick _ -> {
        if (!text.equals("true") && field.mandatory()) {
          reader.reject(field.input(), "input.wrong.tick");
        }
        yield text.equals("true") ? "true" : "";
      }
      case InputKind.Choice(var choices) -> {
        if (text.isEmpty() ? field.mandatory() : !choices.contains(text)) {
          reader.reject(field.input(), "input.wrong.choice");
        }
        yield choices.contains(text) ? text : "";
      }
    };
  }

  private static boolean present(InputField field, String text, FormReader reader) {
    if (text.isEmpty() && field.mandatory()) {
      reader.reject(field.input(), "web.wrong.empty");
    }
    return !text.isEmpty();
  }

  private static String number(
      InputField field, InputKind.Figure kind, String text, FormReader reader) {
    var plain =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .replaceAll("[\\s,、]", "")
            .replaceAll("[\\u2010-\\u2015\\u2212\\u30fc▲△]", "-");
    if (!NUMBER.matcher(plain).matches()) {
      reader.reject(field.input(), "input.wrong.number");
      return "";
    }
    var number = Long.parseLong(plain);
    if (!kind.takes(number)) {
      reader.reject(
          field.input(),
          kind.least().isEmpty()
              ? "input.wrong.number.most"
              : kind.most().isEmpty() ? "input.wrong.number.least" : "input.wrong.number.between",
          kind.least().isEmpty() ? "" : grouped(kind.least().getAsLong()),
          kind.most().isEmpty() ? "" : grouped(kind.most().getAsLong()));
    }
    return String.valueOf(number);
  }

  private static String day(InputField field, InputKind.Day kind, String text, FormReader reader) {
    var day = reader.day(field.input(), text);
    if (day.isEmpty()) {
      return "";
    }
    if (!kind.takes(day.get())) {
      reader.reject(
          field.input(),
          kind.earliest().isEmpty()
              ? "input.wrong.day.latest"
              : kind.latest().isEmpty() ? "input.wrong.day.earliest" : "input.wrong.day.between",
          kind.earliest().map(JapaneseDates::date).orElse(""),
          kind.latest().map(JapaneseDates::date).orElse(""));
    }
    return day.get().toString();
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

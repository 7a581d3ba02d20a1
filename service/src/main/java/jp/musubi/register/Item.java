package jp.musubi.register;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.FormReader;
import org.jspecify.annotations.Nullable;

/**
 * 任意項目. What a body's administrator adds to the register for all its contracts.
 *
 * @param mandatory whether 契約を作る goes on only with a value
 * @param listed whether lists of contracts show it
 * @param choices of {@link Kind#CHOICE}; empty otherwise
 * @param retired whether nobody is asked any more; what was entered stays
 */
record Item(
    UUID id,
    String name,
    Kind kind,
    boolean mandatory,
    boolean listed,
    List<String> choices,
    boolean retired) {
  /** Most characters of a value, as a person counts them. */
  static final int LONGEST = 200;

  private static final int LONGEST_STORED = 2000;
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(?:\\.\\d{1,6})?");
  private static final Pattern GROUPED = Pattern.compile("-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,6})?");

  /** What is entered. */
  enum Kind {
    /** 文字. */
    TEXT,
    /** 数. */
    NUMBER,
    /** 日付. */
    DATE,
    /** 選択肢から一つ. */
    CHOICE
  }

  /** Keeps its own copy. */
  Item {
    choices = List.copyOf(choices);
  }

  /** The form's parameter. */
  String field() {
    return "item-" + id;
  }

  /**
   * Reads a value as it was typed; what is wrong is noted.
   *
   * @return as it is stored: a plain number, an ISO day, or the text itself; empty for none
   */
  Optional<String> read(@Nullable String typed, FormReader reader) {
    var text = reader.line(field(), typed, LONGEST, mandatory);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.length() > LONGEST_STORED) {
      // A few characters, as a person counts them, may hide thousands of marks.
      reader.reject(field(), "web.wrong.long", String.valueOf(LONGEST));
      return Optional.empty();
    }
    var read =
        switch (kind) {
          case TEXT -> Optional.of(text);
          case NUMBER -> number(text).map(BigDecimal::toPlainString);
          case DATE -> JapaneseDates.parse(text).map(day -> day.date().toString());
          case CHOICE -> choices.stream().filter(text::equals).findFirst();
        };
    if (read.isEmpty()) {
      reader.reject(field(), "register.wrong." + kind);
    }
    return read;
  }

  /** A number in whatever width, with or without commas. */
  static Optional<BigDecimal> number(String typed) {
    var plain =
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
            .replaceAll("[\\s\\p{Z}]", "")
            .replace('−', '-');
    return NUMBER.matcher(plain).matches() || GROUPED.matcher(plain).matches()
        ? Optional.of(new BigDecimal(plain.replace(",", "")))
        : Optional.empty();
  }

  /** A stored value as a person reads it. */
  String shown(String value) {
    return switch (kind) {
      case TEXT, CHOICE -> value;
      case NUMBER -> grouped(new BigDecimal(value));
      case DATE -> JapaneseDates.date(LocalDate.parse(value));
    };
  }

  private static String grouped(BigDecimal number) {
    return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
  }
}

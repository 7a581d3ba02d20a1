package jp.musubi.register;

import java.util.Locale;
import java.util.UUID;

/**
 * タグ. A word of the body's own that contracts are marked with.
 *
 * @param colour stands beside the word, and never for it
 * @param retired whether nobody puts it on any more; what has it keeps it
 */
record Tag(UUID id, String name, Colour colour, boolean retired) {
  /** The colours there are; which word has which is the body's. */
  enum Colour {
    /** 灰. */
    GREY,
    /** 青. */
    BLUE,
    /** 緑. */
    GREEN,
    /** 黄. */
    YELLOW,
    /** 赤. */
    RED;

    /** As the style sheet names it. */
    String shade() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The parameter of a form that puts tags on. */
  String field() {
    return "tag-" + id;
  }
}

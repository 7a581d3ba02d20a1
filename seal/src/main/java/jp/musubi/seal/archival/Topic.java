package jp.musubi.seal.archival;

/** What a rule of ISO 19005 is about, so that a reader need not know its clauses. */
public enum Topic {
  /** Structure of the file, encryption, names. */
  FILE,
  /** Colours that no output intent or profile explains. */
  COLOUR,
  /** Pictures and how they are packed. */
  IMAGE,
  /** Transparency. */
  TRANSPARENCY,
  /** Fonts that are not in the file, or not whole. */
  FONT,
  /** Annotations. */
  ANNOTATION,
  /** Boxes of a form. */
  FORM,
  /** Actions and scripts. */
  ACTION,
  /** What the file says of itself (XMP). */
  METADATA,
  /** The order in which it is read aloud. */
  STRUCTURE,
  /** Files within the file, or layers. */
  CONTAINED,
  /** Anything else. */
  OTHER;

  /**
   * The topic of a clause.
   *
   * @param part of ISO 19005, from 1
   * @param clause such as 6.2.11.4.1
   */
  static Topic of(int part, String clause) {
    return part == 1 ? ofFirst(clause) : ofLater(part, clause);
  }

  private static Topic ofFirst(String clause) {
    // Embedded files, optional content.
    if (is(clause, "6.1.11") || is(clause, "6.1.13")) {
      return CONTAINED;
    }
    if (is(clause, "6.2.4") || is(clause, "6.2.5") || is(clause, "6.2.6") || is(clause, "6.2.7")) {
      return IMAGE;
    }
    return switch (chapter(clause)) {
      case "6.1" -> FILE;
      case "6.2" -> COLOUR;
      case "6.3" -> FONT;
      case "6.4" -> TRANSPARENCY;
      case "6.5" -> ANNOTATION;
      case "6.6" -> ACTION;
      case "6.7" -> METADATA;
      case "6.8" -> STRUCTURE;
      case "6.9" -> FORM;
      default -> OTHER;
    };
  }

  private static Topic ofLater(int part, String clause) {
    if (is(clause, "6.2.8") || is(clause, "6.2.9") || is(clause, "6.2.7")) {
      return IMAGE;
    }
    if (is(clause, "6.2.10")) {
      // In ISO 19005-4 the fonts stand where transparency stands in parts 2 and 3.
      return part == 4 ? FONT : TRANSPARENCY;
    }
    if (is(clause, "6.2.11")) {
      return FONT;
    }
    return switch (chapter(clause)) {
      case "6.1" -> FILE;
      case "6.2" -> COLOUR;
      case "6.3" -> ANNOTATION;
      case "6.4" -> FORM;
      case "6.5" -> ACTION;
      case "6.6" -> METADATA;
      case "6.7" -> STRUCTURE;
      case "6.8", "6.9" -> CONTAINED;
      default -> OTHER;
    };
  }

  private static boolean is(String clause, String wanted) {
    return clause.equals(wanted) || clause.startsWith(wanted + ".");
  }

  private static String chapter(String clause) {
    var second = clause.indexOf('.', clause.indexOf('.') + 1);
    return second < 0 ? clause : clause.substring(0, second);
  }
}

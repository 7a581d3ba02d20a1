package jp.musubi.manual;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** 章. Its words are {@code manual.NAME…} in the bundle, its pictures real pages of the service. */
enum Chapter {
  FIRST_DAY(
      Part.shown("SIGN_IN", "signin"),
      Part.shown("FACTORS", "factors"),
      Part.shown("HOME", "home")),
  SENDING(
      Part.shown("DOCUMENT", "document"),
      Part.shown("PARTIES", "parties"),
      Part.shown("TERMS", "terms"),
      Part.told("FILES"),
      Part.told("ASKED"),
      Part.shown("REVIEW", "review"),
      Part.shown("SENT", "sent")),
  APPROVAL(Part.told("ASK"), Part.told("DECIDE"), Part.told("STAND_IN")),
  SIGNING(Part.shown("ONE", "signature"), Part.told("MANY"), Part.shown("CONCLUDED", "concluded")),
  COUNTERPARTY(
      Part.told("BEFORE"),
      Part.shown("READING", "landing"),
      Part.shown("AGREEING", "confirm"),
      Part.told("OWN_SIGNATURE")),
  WAITING(
      Part.told("REMINDERS"),
      Part.told("QUESTIONS"),
      Part.told("RETURNED"),
      Part.told("TAKING_BACK"),
      Part.told("PAPER")),
  SPECIAL(
      Part.told("CHANGE"),
      Part.told("COUNCIL"),
      Part.told("WORKS"),
      Part.told("MANDATE"),
      Part.told("NOTICE"),
      Part.told("OWN_SIGNATURE"),
      Part.shown("BULK", "bulk"),
      Part.told("AWARD")),
  FINDING(
      Part.shown("REGISTER", "register"),
      Part.told("FULL_TEXT"),
      Part.told("ELSEWHERE"),
      Part.told("FOLDERS"),
      Part.told("DOWNLOAD"),
      Part.told("EVIDENCE"),
      Part.told("REFERENCE"),
      Part.told("STATISTICS"),
      Part.told("DISPOSAL")),
  PEOPLE(
      Part.shown("SECTIONS", "sections"),
      Part.shown("STAFF", "staff"),
      Part.shown("TRANSFERS", "transfers"),
      Part.told("OFFICES")),
  SETTINGS(
      Part.shown("RULES", "settings"),
      Part.told("LETTERS"),
      Part.told("ROUTES"),
      Part.told("MAPPINGS"),
      Part.told("PROGRAMS"),
      Part.told("END")),
  RECORD(Part.shown("SEARCH", "record"), Part.told("SAMPLES")),
  TROUBLE(
      Part.told("CANNOT_SIGN_IN"),
      Part.told("REFUSED_FILE"),
      Part.told("NO_MAIL"),
      Part.told("STOPPED"),
      Part.told("MISTAKEN"),
      Part.told("DOWN"));

  /**
   * A part of a chapter.
   *
   * @param picture its name among the assets
   */
  record Part(String name, Optional<String> picture) {
    static Part told(String name) {
      return new Part(name, Optional.empty());
    }

    static Part shown(String name, String picture) {
      return new Part(name, Optional.of(picture));
    }
  }

  // List.of makes it immutable, which the checker cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Part> parts;

  Chapter(Part... parts) {
    this.parts = List.of(parts);
  }

  List<Part> parts() {
    return parts;
  }

  /** As it stands in a path. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Chapter> of(String slug) {
    return Arrays.stream(values()).filter(each -> each.slug().equals(slug)).findFirst();
  }
}

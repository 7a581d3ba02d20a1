package jp.musubi.organisation;

import java.time.LocalDate;

/** Why a change of sections, offices or bodies was not made. Expected, hence a value. */
public sealed interface OrganisationRefusal {
  /** Another section has this 所属コード. */
  record CodeTaken(String code) implements OrganisationRefusal {}

  /** The section would hang below itself. */
  record GoesInACircle() implements OrganisationRefusal {}

  /** The section named is not open on that day. */
  record NotOpenOn(LocalDate day) implements OrganisationRefusal {}

  /** A term begins on this day or later already; what was is not rewritten. */
  record LaterTermExists(LocalDate from) implements OrganisationRefusal {}

  /** Open sections still hang below. */
  record HasSectionsBelow() implements OrganisationRefusal {}

  /** Another office has this title. */
  record TitleTaken(String title) implements OrganisationRefusal {}

  /** The term would begin before or with the one that is there. */
  record TermsOverlap(LocalDate from) implements OrganisationRefusal {}

  /** Nobody holds the office, so no term can end. */
  record NobodyHoldsIt() implements OrganisationRefusal {}

  /** The check digit of a 団体コード or 法人番号 does not fit, or another body has it. */
  record UnfitCode(String code) implements OrganisationRefusal {}

  /** Another body has this 団体コード. */
  record BodyExists(String code) implements OrganisationRefusal {}
}

package jp.musubi.staff.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.organisation.OrganisationRefusal;
import jp.musubi.organisation.SectionTree;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** What the pages about people have in common. */
final class People {
  private People() {}

  static Crumb home(jp.musubi.platform.web.Book book) {
    return book.crumb("people.crumb.home", "/");
  }

  /** How a refusal is told. */
  static Text words(OrganisationRefusal refusal) {
    return switch (refusal) {
      case OrganisationRefusal.CodeTaken(var code) -> Text.of("people.refusal.codeTaken", code);
      case OrganisationRefusal.GoesInACircle _ -> Text.of("people.refusal.goesInACircle");
      case OrganisationRefusal.NotOpenOn(var day) ->
          Text.of("people.refusal.notOpenOn", JapaneseDates.date(day));
      case OrganisationRefusal.LaterTermExists(var from) ->
          Text.of("people.refusal.laterTermExists", JapaneseDates.date(from));
      case OrganisationRefusal.HasSectionsBelow _ -> Text.of("people.refusal.hasSectionsBelow");
      case OrganisationRefusal.TitleTaken(var title) -> Text.of("people.refusal.titleTaken", title);
      case OrganisationRefusal.TermsOverlap(var from) ->
          Text.of("people.refusal.termsOverlap", JapaneseDates.date(from));
      case OrganisationRefusal.NobodyHoldsIt _ -> Text.of("people.refusal.nobodyHoldsIt");
      case OrganisationRefusal.UnfitCode(var code) -> Text.of("people.refusal.unfitCode", code);
      case OrganisationRefusal.BodyExists(var code) -> Text.of("people.refusal.bodyExists", code);
    };
  }

  /** The open sections as choices, deeper ones further in. */
  static List<Option> sections(SectionTree tree) {
    return tree.inOrder().stream()
        .map(placed ->
            new Option(
                placed.term().section().toString(),
                "　".repeat(placed.depth()) + placed.term().name()))
        .toList();
  }

  /** A chosen key, if it is one. */
  static Optional<UUID> chosen(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(value));
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  /** A day that must be given. */
  static LocalDate day(FormReader reader, String field, @Nullable String typed, LocalDate instead) {
    var day = reader.day(field, typed);
    if (day.isEmpty()) {
      reader.reject(field, "web.wrong.day");
    }
    return day.orElse(instead);
  }

  static ModelAndView form(jp.musubi.platform.web.Form form, HttpStatus status) {
    var page = new ModelAndView("web/form", "page", form);
    page.setStatus(status);
    return page;
  }

  static ModelAndView sheet(jp.musubi.platform.web.Sheet sheet) {
    return new ModelAndView("web/sheet", "page", sheet);
  }

  /** The same page with why the button did nothing. */
  static ModelAndView refused(jp.musubi.platform.web.Sheet sheet, Text refusal) {
    var page = sheet(sheet).addObject("refusal", refusal);
    page.setStatus(HttpStatus.CONFLICT);
    return page;
  }
}

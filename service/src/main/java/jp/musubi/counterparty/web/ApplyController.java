package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.counterparty.Applicant;
import jp.musubi.counterparty.Application;
import jp.musubi.counterparty.Applications;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.OutsidePages;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * 利用申出の画面, for whoever has no account. Looking changes nothing, at the form and at where a mailed
 * link leads: mail scanners look too.
 */
@Controller
@RequestMapping("/s/{body}/application")
class ApplyController {
  private final Applications applications;
  private final Organisations organisations;
  private final OutsidePages pages;
  private final TextPages texts;
  private final Book book;

  ApplyController(
      Applications applications,
      Organisations organisations,
      OutsidePages pages,
      TextPages texts,
      Book book) {
    this.applications = applications;
    this.organisations = organisations;
    this.pages = pages;
    this.texts = texts;
    this.book = book;
  }

  @GetMapping
  ModelAndView ask(@PathVariable String body) {
    if (!isOpen()) {
      return closed();
    }
    return form(body, ApplicationForm.EMPTY, Screens.nextKey(), Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView submit(
      @PathVariable String body,
      @ModelAttribute ApplicationForm typed,
      @RequestParam(defaultValue = "") String idempotencyKey,
      HttpServletRequest request) {
    if (!isOpen()) {
      return closed();
    }
    var key = Screens.isKey(idempotencyKey) ? idempotencyKey : Screens.nextKey();
    var reader = new FormReader();
    var said = typed.read(reader, organisations.today());
    if (said.isEmpty()) {
      return form(body, typed, key, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (applications.submit(key, said.get(), applicant(request))) {
      case RECEIVED -> pages.notice(HttpStatus.OK, "application.received");
      case TOO_MANY -> pages.notice(HttpStatus.TOO_MANY_REQUESTS, "application.tooMany");
      case CLOSED -> closed();
    };
  }

  @GetMapping("/{proof}/{secret}")
  ModelAndView landing(
      @PathVariable String body, @PathVariable String proof, @PathVariable String secret) {
    return link(proof)
        .flatMap(id -> applications.find(id, secret))
        .map(found -> landing(body, found, secret))
        .orElseGet(this::unknown);
  }

  /** 「この申出を確認する」. */
  @PostMapping("/{proof}/{secret}")
  ModelAndView answer(
      @PathVariable String body,
      @PathVariable String proof,
      @PathVariable String secret,
      HttpServletRequest request) {
    return link(proof)
        .flatMap(id -> applications.answer(id, secret, applicant(request)))
        .map(found -> landing(body, found, secret))
        .orElseGet(this::unknown);
  }

  private ModelAndView landing(String body, Applications.Link found, String secret) {
    return switch (found.fate()) {
      case OPEN ->
          texts.text(
              "application.landing",
              found.application().text(),
              found.application().digest(),
              "/s/%s/application/%s/%s".formatted(body, found.proof().id(), secret),
              List.of(new TextPages.Button("application.landing.button", "", "solid-fill")));
      case ANSWERED ->
          pages.notice(
              HttpStatus.OK,
              found.application().state() == Application.State.SUBMITTED
                  ? "application.answered.other"
                  : "application.answered");
      case EXPIRED -> pages.notice(HttpStatus.GONE, "application.expired");
    };
  }

  private ModelAndView form(
      String body, ApplicationForm typed, String key, Map<String, Text> wrong, HttpStatus status) {
    var organisation = typed.organisationFields(wrong);
    var people = typed.peopleFields(wrong, book);
    var scope = typed.scopeFields(wrong, book);
    var agreement = typed.agreement(wrong);
    var all = new ArrayList<Field>();
    all.addAll(organisation);
    all.addAll(people);
    all.addAll(scope);
    all.add(agreement);
    var page =
        pages
            .frame("counterparty/apply")
            .addObject("path", "/s/" + body + "/application")
            .addObject("key", key)
            .addObject("all", all)
            .addObject("organisation", organisation)
            .addObject("people", people)
            .addObject("scope", scope)
            .addObject("agreement", agreement)
            .addObject("statement", applications.statement());
    page.setStatus(status);
    return page;
  }

  private boolean isOpen() {
    return Tenancy.current().isPresent() && applications.areOpen();
  }

  /** The same for a body that takes none here and for one that does not exist. */
  private ModelAndView closed() {
    return pages.notice(HttpStatus.NOT_FOUND, "application.closed", "");
  }

  private ModelAndView unknown() {
    return pages.notice(HttpStatus.NOT_FOUND, "application.unknown", "");
  }

  private static Optional<UUID> link(String text) {
    return Tenancy.current().isEmpty() ? Optional.empty() : Screens.key(text);
  }

  static Applicant applicant(HttpServletRequest request) {
    return Applicant.of(request.getRemoteAddr(), request.getHeader("User-Agent"));
  }
}

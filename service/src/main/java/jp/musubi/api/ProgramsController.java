package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.FormReader;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 連携プログラムの登録. A key is shown once, to somebody who has just shown who they are. */
@Controller
@RequestMapping(ProgramPages.HOME)
@Needs(Act.KEEP_PROGRAMS)
class ProgramsController {
  private final Programs programs;
  private final ProgramPages pages;
  private final Organisations organisations;
  private final ProvenForms forms;
  private final Clock clock;

  ProgramsController(
      Programs programs,
      ProgramPages pages,
      Organisations organisations,
      ProvenForms forms,
      Clock clock) {
    this.programs = programs;
    this.pages = pages;
    this.organisations = organisations;
    this.forms = forms;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView list() {
    return new ModelAndView("web/sheet", "page", pages.list());
  }

  @GetMapping("/new")
  ModelAndView ask(@AuthenticationPrincipal SignedInStaff person, HttpServletRequest request) {
    return forms.page(
        pages.registering(ProgramForm.empty(organisations.today()), ProvenForms.newKey(), Map.of()),
        person,
        Map.of(),
        request,
        HttpStatus.OK);
  }

  @PostMapping("/new")
  ModelAndView register(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @ModelAttribute ProgramForm typed,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request) {
    var reader = new FormReader();
    var sections =
        pages.sections().stream()
            .map(each -> UUID.fromString(each.value()))
            .collect(Collectors.toSet());
    var shape = typed.read(reader, sections, programs::staff, clock.instant());
    forms.prove(person, password, code, reader, request);
    if (shape.isEmpty() || !reader.wrong().isEmpty()) {
      return forms.page(
          pages.registering(typed, idempotencyKey, reader.wrong()),
          person,
          reader.wrong(),
          request,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return shown(
        programs.register(
            shape.get(), idempotencyKey, person.member().actor(), request.getRemoteAddr()));
  }

  @GetMapping("/{program}")
  ModelAndView show(@PathVariable UUID program) {
    return new ModelAndView("web/sheet", "page", pages.one(programs.get(program)));
  }

  @GetMapping("/{program}/key")
  ModelAndView askForKey(
      @PathVariable UUID program,
      @AuthenticationPrincipal SignedInStaff person,
      HttpServletRequest request) {
    return forms.page(
        pages.rotating(programs.get(program), "24", ProvenForms.newKey(), Map.of()),
        person,
        Map.of(),
        request,
        HttpStatus.OK);
  }

  @PostMapping("/{program}/key")
  ModelAndView rotate(
      @PathVariable UUID program,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam(defaultValue = "") String overlap,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request) {
    var of = programs.get(program);
    var reader = new FormReader();
    var hours =
        ProgramPages.OVERLAPS.stream()
            .filter(each -> String.valueOf(each).equals(overlap))
            .findFirst();
    if (hours.isEmpty()) {
      reader.reject("overlap", "contract.wrong.choose");
    }
    forms.prove(person, password, code, reader, request);
    if (hours.isEmpty() || !reader.wrong().isEmpty()) {
      return forms.page(
          pages.rotating(of, overlap, idempotencyKey, reader.wrong()),
          person,
          reader.wrong(),
          request,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return shown(
        programs.rotate(
            program,
            Duration.ofHours(hours.get()),
            idempotencyKey,
            person.member().actor(),
            request.getRemoteAddr()));
  }

  @GetMapping("/{program}/end")
  ModelAndView askToEnd(@PathVariable UUID program) {
    return new ModelAndView("web/form", "page", pages.ending(programs.get(program)));
  }

  /** At once, without proving oneself anew: to shut a door must be quick. */
  @PostMapping("/{program}/end")
  ModelAndView end(
      @PathVariable UUID program,
      @CurrentStaff StaffMember by,
      HttpServletRequest request,
      RedirectAttributes flash) {
    programs.end(program, by.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "program.end.done");
    return new ModelAndView("redirect:" + ProgramPages.HOME);
  }

  private ModelAndView shown(Optional<ProgramKey> made) {
    return forms.secret(pages.crumbs(), "program", made.map(ProgramKey::reveal), ProgramPages.HOME);
  }
}

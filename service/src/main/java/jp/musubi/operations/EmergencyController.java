package jp.musubi.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.NavigationItem;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 緊急閲覧, the operators' side: ask, approve, look, end. */
@Controller
@Needs(Act.BREAK_GLASS)
@RequestMapping(EmergencyPages.PATH)
class EmergencyController {
  private final Emergencies emergencies;
  private final EmergencyLooks looks;
  private final EmergencyPages pages;
  private final Organisations organisations;
  private final Book book;

  EmergencyController(
      Emergencies emergencies,
      EmergencyLooks looks,
      EmergencyPages pages,
      Organisations organisations,
      Book book) {
    this.emergencies = emergencies;
    this.looks = looks;
    this.pages = pages;
    this.organisations = organisations;
    this.book = book;
  }

  /** A request as typed. */
  record Typed(
      @Nullable String code,
      @Nullable String number,
      @Nullable String reason,
      @Nullable String reference,
      @Nullable String hours) {}

  @Bean
  static NavigationItem toEmergencies() {
    return new NavigationItem(
        440, "alert", "emergency.list", EmergencyPages.PATH, Set.of("OPERATOR"));
  }

  @GetMapping
  ModelAndView list() {
    return new ModelAndView("web/sheet", "page", pages.list(emergencies.all()));
  }

  @GetMapping("/new")
  ModelAndView begin() {
    return form(
        new Typed(null, null, null, null, String.valueOf(emergencies.mostHours())),
        Map.of(),
        null,
        HttpStatus.OK);
  }

  @PostMapping
  ModelAndView ask(
      @AuthenticationPrincipal SignedInStaff operator,
      @ModelAttribute Typed typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var body =
        organisations
            .bodyByCode(typed.code() == null ? "" : typed.code())
            .filter(found -> !found.isOperators());
    if (body.isEmpty()) {
      reader.reject("code", "people.wrong.choose");
    }
    var wish =
        new Emergencies.Wish(
            reader.line("number", typed.number(), 30, true),
            reader.line("reason", typed.reason(), 500, true),
            reader.line("reference", typed.reference(), 200, true),
            Duration.ofHours(reader.number("hours", typed.hours(), 1, emergencies.mostHours())));
    if (body.isEmpty() || !reader.wrong().isEmpty()) {
      return form(typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (emergencies.ask(body.get(), wish, operator.member(), request.getRemoteAddr())) {
      case Emergencies.Asked.Waits(var id) -> {
        flash.addFlashAttribute("done", "emergency.asked");
        yield new ModelAndView(
            "redirect:" + EmergencyPages.PATH + "/" + body.get().id() + "/" + id);
      }
      case Emergencies.Asked.NoSuchContract _ ->
          form(
              typed,
              Map.of("number", Text.of("emergency.wrong.number")),
              null,
              HttpStatus.UNPROCESSABLE_CONTENT);
      case Emergencies.Asked.NobodyToTell _ ->
          form(typed, Map.of(), Text.of("emergency.refusal.nobody"), HttpStatus.CONFLICT);
    };
  }

  @GetMapping("/{body}/{emergency}")
  ModelAndView show(
      @PathVariable UUID body,
      @PathVariable UUID emergency,
      @AuthenticationPrincipal SignedInStaff operator) {
    return new ModelAndView(
        "web/sheet", "page", pages.show(emergencies.get(body, emergency), operator.member()));
  }

  @PostMapping("/{body}/{emergency}/approval")
  ModelAndView approve(
      @PathVariable UUID body,
      @PathVariable UUID emergency,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var refusal = emergencies.approve(body, emergency, operator.member(), request.getRemoteAddr());
    return done(body, emergency, operator, refusal, "emergency.approved", flash);
  }

  @PostMapping("/{body}/{emergency}/end")
  ModelAndView end(
      @PathVariable UUID body,
      @PathVariable UUID emergency,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var refusal = emergencies.end(body, emergency, operator.member(), request.getRemoteAddr());
    return done(body, emergency, operator, refusal, "emergency.ended", flash);
  }

  private ModelAndView done(
      UUID body,
      UUID emergency,
      SignedInStaff operator,
      Optional<Emergency.Refusal> refusal,
      String words,
      RedirectAttributes flash) {
    if (refusal.isPresent()) {
      var page = show(body, emergency, operator);
      page.addObject("refusal", Text.of("emergency.refusal." + refusal.get()));
      page.setStatus(HttpStatus.CONFLICT);
      return page;
    }
    flash.addFlashAttribute("done", words);
    return new ModelAndView("redirect:" + EmergencyPages.PATH + "/" + body + "/" + emergency);
  }

  @GetMapping("/{body}/{emergency}/contract")
  ModelAndView contract(
      @PathVariable UUID body,
      @PathVariable UUID emergency,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request) {
    var of = emergencies.get(body, emergency);
    var contract = looks.contract(of, operator.member(), request.getRemoteAddr());
    return new ModelAndView("web/sheet", "page", pages.contract(of, contract));
  }

  @GetMapping("/{body}/{emergency}/document.pdf")
  ResponseEntity<InputStreamResource> document(
      @PathVariable UUID body,
      @PathVariable UUID emergency,
      @AuthenticationPrincipal SignedInStaff operator,
      HttpServletRequest request) {
    var taken =
        looks.file(emergencies.get(body, emergency), operator.member(), request.getRemoteAddr());
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(
                    taken.name().replaceAll("[^\\p{L}\\p{N}._-]", "_") + ".pdf",
                    StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(new InputStreamResource(taken.bytes()));
  }

  private ModelAndView form(
      Typed typed, Map<String, Text> wrong, @Nullable Text refusal, HttpStatus status) {
    var bodies = new ArrayList<Option>();
    bodies.add(new Option("", book.of("people.choose")));
    emergencies.bodies().forEach(body -> bodies.add(new Option(body.code(), body.name())));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("emergency.new"),
                    pages.crumbs(book.crumb("emergency.new", EmergencyPages.PATH + "/new")),
                    EmergencyPages.PATH,
                    List.of(
                        field("code", typed.code(), wrong).offering(bodies),
                        field("number", typed.number(), wrong).drawn(Form.DAY),
                        field("reason", typed.reason(), wrong),
                        field("reference", typed.reference(), wrong),
                        field("hours", typed.hours(), wrong).drawn(Form.DAY)),
                    "emergency.submit",
                    EmergencyPages.PATH)
                .led(Text.of("emergency.new.lead", String.valueOf(emergencies.mostHours())))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  private static Field field(String name, @Nullable String typed, Map<String, Text> wrong) {
    return Field.required(name, "emergency." + name)
        .hinted("emergency." + name + ".hint")
        .with(typed)
        .wrong(wrong.get(name));
  }
}

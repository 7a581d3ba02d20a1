package jp.musubi.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.FormReader;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Webhookの送り先, and what was sent there. */
@Controller
@RequestMapping(WebhookPages.HOME)
@Needs(Act.KEEP_PROGRAMS)
class WebhooksController {
  private final Webhooks webhooks;
  private final WebhookPages pages;
  private final ProvenForms forms;
  private final ApiSettings settings;

  WebhooksController(
      Webhooks webhooks, WebhookPages pages, ProvenForms forms, ApiSettings settings) {
    this.webhooks = webhooks;
    this.pages = pages;
    this.forms = forms;
    this.settings = settings;
  }

  @GetMapping
  ModelAndView list() {
    return new ModelAndView("web/sheet", "page", pages.list());
  }

  @GetMapping("/new")
  ModelAndView ask(@AuthenticationPrincipal SignedInStaff person, HttpServletRequest request) {
    return forms.page(
        pages.registering(null, null, ProvenForms.newKey(), Map.of()),
        person,
        Map.of(),
        request,
        HttpStatus.OK);
  }

  @PostMapping("/new")
  ModelAndView register(
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String url,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request) {
    var reader = new FormReader();
    var called = reader.line("name", name, 100, true);
    var address = reader.line("url", url, 500, true);
    if (!address.isEmpty() && !isFit(address)) {
      reader.reject("url", "webhook.wrong.url");
    }
    forms.prove(person, password, code, reader, request);
    if (!reader.wrong().isEmpty()) {
      return forms.page(
          pages.registering(name, url, idempotencyKey, reader.wrong()),
          person,
          reader.wrong(),
          request,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return shown(
        webhooks.register(
            called, address, idempotencyKey, person.member().actor(), request.getRemoteAddr()));
  }

  /** Looked at each time something is sent, too: a name may lead elsewhere by then. */
  private boolean isFit(String url) {
    var address = WebhookAddress.parse(url, settings.webhookLoopback());
    try {
      return address.isPresent() && !address.get().resolve().isAnyLocalAddress();
    } catch (UnknownHostException unknownOrInside) {
      return false;
    }
  }

  @GetMapping("/{endpoint}")
  ModelAndView show(@PathVariable UUID endpoint) {
    return new ModelAndView("web/sheet", "page", pages.one(webhooks.get(endpoint)));
  }

  @GetMapping("/{endpoint}/secret")
  ModelAndView askForSecret(
      @PathVariable UUID endpoint,
      @AuthenticationPrincipal SignedInStaff person,
      HttpServletRequest request) {
    return forms.page(
        pages.rotating(webhooks.get(endpoint), ProvenForms.newKey()),
        person,
        Map.of(),
        request,
        HttpStatus.OK);
  }

  @PostMapping("/{endpoint}/secret")
  ModelAndView rotate(
      @PathVariable UUID endpoint,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request) {
    var of = webhooks.get(endpoint);
    var reader = new FormReader();
    forms.prove(person, password, code, reader, request);
    if (!reader.wrong().isEmpty()) {
      return forms.page(
          pages.rotating(of, idempotencyKey),
          person,
          reader.wrong(),
          request,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return shown(
        webhooks.rotate(
            endpoint, idempotencyKey, person.member().actor(), request.getRemoteAddr()));
  }

  @GetMapping("/{endpoint}/end")
  ModelAndView askToEnd(@PathVariable UUID endpoint) {
    return new ModelAndView("web/form", "page", pages.ending(webhooks.get(endpoint)));
  }

  @PostMapping("/{endpoint}/end")
  ModelAndView end(
      @PathVariable UUID endpoint,
      @CurrentStaff StaffMember by,
      HttpServletRequest request,
      RedirectAttributes flash) {
    webhooks.end(endpoint, by.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "webhook.end.done");
    return new ModelAndView("redirect:" + WebhookPages.HOME);
  }

  @PostMapping("/{endpoint}/deliveries/{delivery}/replay")
  ModelAndView replay(
      @PathVariable UUID endpoint,
      @PathVariable UUID delivery,
      @CurrentStaff StaffMember by,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var again = webhooks.replay(endpoint, delivery, by.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", again ? "webhook.replay.done" : "webhook.replay.underWay");
    return new ModelAndView("redirect:" + WebhookPages.HOME + "/" + endpoint);
  }

  private ModelAndView shown(Optional<WebhookSecret> made) {
    return forms.secret(
        pages.crumbs(), "webhook", made.map(WebhookSecret::reveal), WebhookPages.HOME);
  }
}

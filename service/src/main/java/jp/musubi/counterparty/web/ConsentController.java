package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.counterparty.Consent;
import jp.musubi.counterparty.Consents;
import jp.musubi.organisation.OutsidePages;
import jp.musubi.platform.Tenancy;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** 承諾の画面, where a mailed link leads. Looking changes nothing. */
@Controller
@RequestMapping("/s/{body}/consent/{consent}/{secret}")
class ConsentController {
  private final Consents consents;
  private final OutsidePages pages;
  private final TextPages texts;

  ConsentController(Consents consents, OutsidePages pages, TextPages texts) {
    this.consents = consents;
    this.pages = pages;
    this.texts = texts;
  }

  @GetMapping
  ModelAndView show(
      @PathVariable String body, @PathVariable String consent, @PathVariable String secret) {
    return page(body, secret, link(consent).flatMap(id -> consents.find(id, secret)));
  }

  /** 「この内容で承諾する」. */
  @PostMapping("/giving")
  ModelAndView give(
      @PathVariable String body,
      @PathVariable String consent,
      @PathVariable String secret,
      HttpServletRequest request) {
    var applicant = ApplyController.applicant(request);
    return page(body, secret, link(consent).flatMap(id -> consents.give(id, secret, applicant)));
  }

  /** 「承諾を撤回する」. */
  @PostMapping("/withdrawal")
  ModelAndView withdraw(
      @PathVariable String body,
      @PathVariable String consent,
      @PathVariable String secret,
      HttpServletRequest request) {
    var applicant = ApplyController.applicant(request);
    return page(
        body, secret, link(consent).flatMap(id -> consents.withdraw(id, secret, applicant)));
  }

  private ModelAndView page(String body, String secret, Optional<Consent> found) {
    if (found.isEmpty()) {
      return pages.notice(HttpStatus.NOT_FOUND, "application.unknown", "");
    }
    var consent = found.get();
    var path = "/s/%s/consent/%s/%s".formatted(body, consent.id(), secret);
    return switch (consents.life(consent)) {
      case ASKED ->
          text(
              "consent.asked",
              consent,
              path,
              new TextPages.Button("consent.give", "/giving", "solid-fill"));
      case LIVE ->
          text(
              "consent.live",
              consent,
              path,
              new TextPages.Button("consent.withdraw", "/withdrawal", "outline"));
      case WITHDRAWN -> pages.notice(HttpStatus.OK, "consent.withdrawn");
      case LAPSED -> pages.notice(HttpStatus.GONE, "consent.lapsed");
    };
  }

  private ModelAndView text(String words, Consent consent, String path, TextPages.Button button) {
    return texts.text(words, consent.text(), consent.digest(), path, List.of(button));
  }

  private static Optional<UUID> link(String text) {
    return Tenancy.current().isEmpty() ? Optional.empty() : Screens.key(text);
  }
}

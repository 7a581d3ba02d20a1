package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 控えの入口: asking for a letter, and the button behind its link. */
@Controller
@RequestMapping("/past")
class EnterController {
  private static final Field.Look MAIL =
      new Field.Look("email", "email", "email", null, null, 254, null);

  private final Holders holders;
  private final HolderCookie cookie;

  EnterController(Holders holders, HolderCookie cookie) {
    this.holders = holders;
    this.cookie = cookie;
  }

  @GetMapping
  ModelAndView ask(HttpServletRequest request) {
    return page("", null, HttpStatus.OK, request);
  }

  /** 「リンクを送る」. The answer is the same whether there are contracts or not. */
  @PostMapping
  ModelAndView send(
      @RequestParam(required = false) @Nullable String mail, HttpServletRequest request) {
    var reader = new FormReader();
    var typed = reader.line("mail", mail, 254, true);
    var address = HolderAddress.typed(typed);
    if (reader.wrong().isEmpty() && address.isEmpty()) {
      reader.reject("mail", "web.wrong.mail");
    }
    if (!reader.wrong().isEmpty() || address.isEmpty()) {
      return page(typed, reader.wrong().get("mail"), HttpStatus.UNPROCESSABLE_CONTENT, request);
    }
    return holders.ask(address.get(), request.getRemoteAddr())
        ? Pages.of("shelf/sent", request).addObject("mail", typed)
        : page(typed, Text.of("past.wrong.often"), HttpStatus.TOO_MANY_REQUESTS, request);
  }

  /** Where the mailed link leads. Machines that look through mail open it, too (WEB-M 1). */
  @GetMapping("/enter/{way}/{secret}")
  ModelAndView landing(
      @PathVariable String way, @PathVariable String secret, HttpServletRequest request) {
    var opens = id(way).filter(link -> holders.opens(link, secret)).isPresent();
    var page = Pages.of(opens ? "shelf/enter" : "shelf/over", request);
    page.addObject("path", "/past/enter/%s/%s".formatted(way, secret));
    page.setStatus(opens ? HttpStatus.OK : HttpStatus.GONE);
    return page;
  }

  /** 「控えを開く」. */
  @PostMapping("/enter/{way}/{secret}")
  ModelAndView enter(
      @PathVariable String way,
      @PathVariable String secret,
      HttpServletRequest request,
      HttpServletResponse response) {
    var token = id(way).flatMap(link -> holders.enter(link, secret));
    if (token.isEmpty()) {
      var page = Pages.of("shelf/over", request);
      page.setStatus(HttpStatus.GONE);
      return page;
    }
    cookie.give(token.get(), response);
    return new ModelAndView("redirect:/past/contracts");
  }

  private static ModelAndView page(
      String typed, @Nullable Text wrong, HttpStatus status, HttpServletRequest request) {
    var page =
        Pages.of(
                "shelf/ask",
                request,
                Field.required("mail", "past.mail")
                    .hinted("past.mail.hint")
                    .drawn(MAIL)
                    .with(typed)
                    .wrong(wrong))
            .addObject("reading", Reading.of(request).at("/past"));
    page.setStatus(status);
    return page;
  }

  static Optional<UUID> id(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}

package jp.musubi.submission;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.AttachmentName;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.OutsidePages;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.UserAgent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/**
 * 提出の画面, where a mailed link leads. Looking changes nothing; each document has a form of its own.
 */
@Controller
@RequestMapping("/s/{body}/submission/{request}/{secret}")
class HandInController {
  private final Submissions submissions;
  private final HandingIn handing;
  private final HandInPages pages;
  private final OutsidePages outside;
  private final Contacts contacts;
  private final Book book;
  private final Clock clock;

  HandInController(
      Submissions submissions,
      HandingIn handing,
      HandInPages pages,
      OutsidePages outside,
      Contacts contacts,
      Book book,
      Clock clock) {
    this.submissions = submissions;
    this.handing = handing;
    this.pages = pages;
    this.outside = outside;
    this.contacts = contacts;
    this.book = book;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView show(
      @PathVariable String body,
      @PathVariable String request,
      @PathVariable String secret,
      @RequestParam(name = "in", required = false) @Nullable String done) {
    var opened = find(request, secret);
    return opened.isEmpty()
        ? unknown()
        : page(opened.get(), path(body, request, secret), done, null, HttpStatus.OK);
  }

  /** 「提出する」, one document. */
  @PostMapping("/{wanted}")
  ModelAndView handIn(
      @PathVariable String body,
      @PathVariable String request,
      @PathVariable String secret,
      @PathVariable String wanted,
      @RequestParam Map<String, MultipartFile> given,
      HttpServletRequest from)
      throws IOException {
    var found = find(request, secret);
    if (found.isEmpty()) {
      return unknown();
    }
    var opened = found.get();
    var path = path(body, request, secret);
    if (opened.life(clock.instant()) != CallLink.Life.OPEN) {
      return page(opened, path, null, null, HttpStatus.OK);
    }
    var id = wantedOf(opened, wanted);
    var file = given.get(HandInPages.input(id));
    var name = file == null ? "" : file.getOriginalFilename();
    if (file == null || name == null || name.isEmpty()) {
      return refused(
          opened,
          path,
          new HandInPages.Wrong(id, "", List.of(book.shown("submission.wrong.NONE"))));
    }
    var plain = AttachmentName.of(name);
    var upload = Files.createTempFile("musubi-submission", ".bin");
    try {
      file.transferTo(upload);
      return switch (handing.handIn(
          opened,
          id,
          upload,
          plain,
          new HandedInStore.From(from.getRemoteAddr(), UserAgent.of(from)))) {
        case HandingIn.Outcome.Taken _ -> new ModelAndView("redirect:" + path + "?in=" + id);
        case HandingIn.Outcome.Unfit(var looked) ->
            refused(opened, path, new HandInPages.Wrong(id, plain, pages.reasons(looked)));
        case HandingIn.Outcome.TooOften _ ->
            refused(
                opened,
                path,
                new HandInPages.Wrong(id, plain, List.of(book.shown("submission.wrong.OFTEN"))));
        case HandingIn.Outcome.Closed _ -> changed(request, secret, path, id, plain);
        case HandingIn.Outcome.Over _ -> changed(request, secret, path, id, plain);
      };
    } finally {
      Files.deleteIfExists(upload);
    }
  }

  /** As it stands by now: the clerk was faster. */
  private ModelAndView changed(
      String request, String secret, String path, UUID wanted, String name) {
    var now = find(request, secret).orElseThrow();
    return page(
        now,
        path,
        null,
        new HandInPages.Wrong(wanted, name, List.of(book.shown("submission.wrong.CLOSED"))),
        HttpStatus.CONFLICT);
  }

  private Optional<Submissions.Opened> find(String request, String secret) {
    if (Tenancy.current().isEmpty()) {
      return Optional.empty();
    }
    try {
      return submissions.find(UUID.fromString(request), secret);
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  private static UUID wantedOf(Submissions.Opened opened, String wanted) {
    return opened.sheet().slots().stream()
        .map(slot -> slot.wanted().id())
        .filter(id -> id.toString().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new NotFound("wanted document " + wanted));
  }

  private ModelAndView refused(Submissions.Opened opened, String path, HandInPages.Wrong wrong) {
    return page(opened, path, null, wrong, HttpStatus.UNPROCESSABLE_CONTENT);
  }

  private ModelAndView page(
      Submissions.Opened opened,
      String path,
      @Nullable String done,
      HandInPages.@Nullable Wrong wrong,
      HttpStatus status) {
    switch (opened.life(clock.instant())) {
      case OPEN -> {}
      case SETTLED -> {
        return outside.notice(HttpStatus.GONE, "submission.outside.settled");
      }
      case ENDED -> {
        return outside.notice(HttpStatus.GONE, "submission.outside.ended");
      }
    }
    var page =
        outside
            .frame("submission/hand-in")
            .addObject("page", pages.of(opened, path, done, wrong))
            .addObject("contact", contacts.ofBodyShown());
    page.setStatus(status);
    return page;
  }

  private ModelAndView unknown() {
    return outside.notice(HttpStatus.NOT_FOUND, "submission.outside.unknown");
  }

  private static String path(String body, String request, String secret) {
    return "/s/%s/submission/%s/%s".formatted(body, request, secret);
  }
}

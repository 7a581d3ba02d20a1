package jp.musubi.input;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.musubi.contract.DocumentPages;
import jp.musubi.contract.Party;
import jp.musubi.contract.StepRefused;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Actor;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.OutsidePages;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.platform.web.UserAgent;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 記入の画面, where a mailed link leads. Looking changes nothing. */
@Controller
@RequestMapping("/s/{body}/input/{request}/{secret}")
class FillController {
  private static final String UNKNOWN = "input.outside.unknown";

  private final Inputs inputs;
  private final InputRequests requests;
  private final DocumentPages pages;
  private final OutsidePages outside;
  private final Contacts contacts;
  private final AccessRecord looks;
  private final Book book;

  FillController(
      Inputs inputs,
      InputRequests requests,
      DocumentPages pages,
      OutsidePages outside,
      Contacts contacts,
      AccessRecord looks,
      Book book) {
    this.inputs = inputs;
    this.requests = requests;
    this.pages = pages;
    this.outside = outside;
    this.contacts = contacts;
    this.looks = looks;
    this.book = book;
  }

  /** What somebody else filled in. */
  record Others(String label, String text, String by) {}

  @GetMapping
  ModelAndView show(
      @PathVariable String body,
      @PathVariable String request,
      @PathVariable String secret,
      @RequestParam Optional<String> filled) {
    var opened = find(request, secret);
    return opened.isEmpty()
        ? outside.notice(HttpStatus.NOT_FOUND, UNKNOWN)
        : page(
            opened.get(),
            path(body, request, secret),
            null,
            Map.of(),
            filled.isPresent(),
            HttpStatus.OK);
  }

  /** 「この内容で記入する」. */
  @PostMapping
  ModelAndView fill(
      @PathVariable String body,
      @PathVariable String request,
      @PathVariable String secret,
      @RequestParam Map<String, String> typed,
      HttpServletRequest from) {
    var found = find(request, secret);
    if (found.isEmpty()) {
      return outside.notice(HttpStatus.NOT_FOUND, UNKNOWN);
    }
    var opened = found.get();
    var path = path(body, request, secret);
    if (requests.life(opened) != InputRequest.Life.OPEN) {
      return page(opened, path, null, Map.of(), false, HttpStatus.OK);
    }
    var sheet = inputs.of(opened.request().contract());
    var fields = sheet.of(opened.request().filler());
    var reader = new FormReader();
    var values = InputValuesController.read(inputs, sheet, fields, typed, reader);
    if (!reader.wrong().isEmpty()) {
      return page(opened, path, typed, reader.wrong(), false, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    try {
      inputs.fill(
          opened.request().contract(),
          fields,
          values,
          by(opened, from),
          () -> requests.answered(opened.request()));
    } catch (StepRefused | ConcurrentChange kept) {
      var stands = inputs.of(opened.request().contract());
      var same =
          fields.stream()
              .allMatch(field ->
                  stands
                      .value(field)
                      .map(InputValue::text)
                      .orElse("")
                      .equals(values.getOrDefault(field.id(), "")));
      if (!same) {
        // The body has begun to settle the contract: what was typed stays on the page.
        return page(
            opened,
            path,
            typed,
            Map.of("", Text.of("input.outside.busy")),
            false,
            HttpStatus.CONFLICT);
      }
      // Stored; that the file as a whole cannot be made is for the clerk, whose pages say so.
    }
    return new ModelAndView("redirect:" + path + "?filled=yes");
  }

  /** A page of the document as it stands, with what was filled in. */
  @GetMapping("/pages/{number}.png")
  ResponseEntity<byte[]> image(
      @PathVariable String request,
      @PathVariable String secret,
      @PathVariable int number,
      HttpServletRequest from) {
    var opened =
        find(request, secret)
            .filter(each -> requests.life(each) == InputRequest.Life.OPEN)
            .orElseThrow(() -> new NotFound("input request " + request));
    var document = opened.contract().currentFile();
    looks.note(
        actor(opened),
        "document.page-viewed",
        opened.contract().id().value(),
        from.getRemoteAddr(),
        Map.of("document", document.hex(), "page", Integer.toString(number)));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePrivate().mustRevalidate())
        .eTag(document.hex() + "-" + number)
        .body(pages.image(document, number));
  }

  private Optional<InputRequests.Opened> find(String request, String secret) {
    if (Tenancy.current().isEmpty()) {
      return Optional.empty();
    }
    try {
      return requests.find(UUID.fromString(request), secret);
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  private ModelAndView page(
      InputRequests.Opened opened,
      String path,
      @Nullable Map<String, String> typed,
      Map<String, Text> wrong,
      boolean filled,
      HttpStatus status) {
    switch (requests.life(opened)) {
      case OPEN -> {}
      case SETTLED -> {
        return outside.notice(HttpStatus.GONE, "input.outside.settled");
      }
      case ENDED -> {
        return outside.notice(HttpStatus.GONE, "input.outside.ended");
      }
    }
    var sheet = inputs.of(opened.request().contract());
    var mine = sheet.of(opened.request().filler());
    var contract = sheet.contract();
    var page =
        outside
            .frame("input/fill")
            .addObject("named", contract.title())
            .addObject("path", path)
            .addObject(
                "party", sheet.party(opened.request().filler()).map(Party::signature).orElse(""))
            .addObject("fields", InputScreens.asked(sheet, mine, typed, wrong, book))
            .addObject("busy", wrong.get(""))
            .addObject("filled", filled)
            .addObject("until", JapaneseDates.time(opened.request().expiresAt()))
            .addObject("others", others(sheet, opened.request().filler()))
            .addObject("version", contract.currentFile().hex().substring(0, 16))
            .addObject("numbers", IntStream.rangeClosed(1, contract.pages()).boxed().toList())
            .addObject("contact", contacts.ofBodyShown());
    page.setStatus(status);
    return page;
  }

  private static List<Others> others(InputSheet sheet, int filler) {
    var all = new ArrayList<Others>();
    for (var field : sheet.fields()) {
      if (field.filler() != filler) {
        sheet
            .value(field)
            .ifPresent(
                value -> all.add(new Others(field.label(), field.drawn(value.text()), value.by())));
      }
    }
    return all;
  }

  private static Inputs.By by(InputRequests.Opened opened, HttpServletRequest from) {
    var request = opened.request();
    return new Inputs.By(
        actor(opened),
        request.party(opened.contract()).map(Party::signature).orElse(request.name()),
        Optional.of(request.mail()),
        from.getRemoteAddr(),
        UserAgent.of(from));
  }

  private static Actor actor(InputRequests.Opened opened) {
    return new Actor(
        Actor.Kind.COUNTERPARTY, opened.request().id().toString(), opened.request().name());
  }

  private static String path(String body, String request, String secret) {
    return "/s/%s/input/%s/%s".formatted(body, request, secret);
  }
}

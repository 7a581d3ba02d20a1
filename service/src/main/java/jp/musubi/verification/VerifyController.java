package jp.musubi.verification;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/**
 * 原本照合, for anybody. A browser that runs scripts sends the file's digest and not the file; of one
 * that is sent, nothing is kept.
 */
@Controller
@RequestMapping("/verify")
class VerifyController {
  private static final Field.Look NUMBER =
      new Field.Look("text", "off", null, "medium", null, 40, null);

  private final Organisations organisations;
  private final OriginalCheck check;
  private final Book book;

  VerifyController(Organisations organisations, OriginalCheck check, Book book) {
    this.organisations = organisations;
    this.check = check;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param fields without the file
   * @param file the field of the file
   */
  record Page(List<Field> fields, Field file) {
    /** For the summary of what is wrong. */
    public List<Field> all() {
      return Stream.concat(fields.stream(), Stream.of(file)).toList();
    }
  }

  /**
   * What was typed, or came with the address on the certificate.
   *
   * @param sha256 of the file, where the browser has computed it
   */
  record Typed(
      @Nullable String body,
      @Nullable String number,
      @Nullable String sha256,
      @Nullable MultipartFile file) {}

  @GetMapping
  ModelAndView explain(@ModelAttribute Typed typed) {
    return page(typed, Map.of(), HttpStatus.OK);
  }

  /** 「照合する」. Changes nothing but the count of who asked. */
  @PostMapping
  ModelAndView ask(@ModelAttribute Typed typed, HttpServletRequest request) {
    var reader = new FormReader();
    var body = body(reader, typed.body());
    var number = reader.line("number", typed.number(), 40, true);
    var digest = FileDigest.of(reader, typed.sha256(), typed.file());
    if (!reader.wrong().isEmpty() || body.isEmpty() || digest.isEmpty()) {
      return page(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT)
          .addObject("reading", Reading.of(request).at("/verify"));
    }
    var answer =
        Tenancy.in(
            body.get().id(),
            () -> check.ask(number, digest.get(), String.valueOf(request.getRemoteAddr())));
    var name = body.get().name();
    var page =
        switch (answer) {
          case OriginalCheck.Answer.Document(var at, var kept) ->
              said(
                  typed,
                  "success",
                  Text.of(
                      "verify.document" + (kept ? "" : ".disposed"),
                      name,
                      number,
                      JapaneseDates.time(at)));
          case OriginalCheck.Answer.Certificate(var at, var kept) ->
              said(
                  typed,
                  "success",
                  Text.of(
                      "verify.certificate" + (kept ? "" : ".disposed"),
                      name,
                      number,
                      JapaneseDates.time(at)));
          case OriginalCheck.Answer.Other _ ->
              said(typed, "error", Text.of("verify.other", name, number));
          case OriginalCheck.Answer.Unknown _ ->
              said(typed, "warning", Text.of("verify.unknown", name, number));
          case OriginalCheck.Answer.TooMany _ ->
              page(typed, Map.of(), HttpStatus.TOO_MANY_REQUESTS)
                  .addObject("tone", "warning")
                  .addObject("answer", Text.of("verify.tooMany"));
        };
    return page.addObject("digest", digest.get().hex())
        .addObject("reading", Reading.of(request).at("/verify"));
  }

  private ModelAndView said(Typed typed, String tone, Text answer) {
    return page(typed, Map.of(), HttpStatus.OK).addObject("tone", tone).addObject("answer", answer);
  }

  private Optional<Body> body(FormReader reader, @Nullable String code) {
    var chosen =
        code == null
            ? Optional.<Body>empty()
            : organisations.bodyByCode(code).filter(body -> !body.isOperators());
    if (chosen.isEmpty()) {
      reader.reject("body", "verify.wrong.body");
    }
    return chosen;
  }

  private ModelAndView page(Typed typed, Map<String, Text> wrong, HttpStatus status) {
    var options = new ArrayList<Option>();
    options.add(new Option("", book.shown("verify.choose")));
    organisations.bodies().stream()
        .filter(body -> !body.isOperators())
        .forEach(body -> options.add(new Option(body.code(), body.name())));
    var page =
        new ModelAndView(
            "verification/verify",
            "page",
            new Page(
                List.of(
                    Field.required("body", "verify.body")
                        .offering(options)
                        .with(typed.body())
                        .wrong(wrong.get("body")),
                    Field.required("number", "verify.number")
                        .hinted("verify.number.hint")
                        .drawn(NUMBER)
                        .with(typed.number())
                        .wrong(wrong.get("number"))),
                Field.required("file", "verify.file")
                    .hinted("verify.file.hint")
                    .drawn(Field.Look.PDF)
                    .wrong(wrong.get("file"))));
    page.setStatus(status);
    return page;
  }
}

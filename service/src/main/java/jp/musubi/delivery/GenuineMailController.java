package jp.musubi.delivery;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.notification.MailSignature;
import jp.musubi.organisation.Body;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** これはむすびからのメールですか: for whoever doubts a mail, without an account (P-16). */
@Controller
@RequestMapping("/mail")
class GenuineMailController {
  private static final Field.Look NUMBER =
      new Field.Look("text", "off", null, "medium", null, 40, null);

  private final SendingBodies bodies;
  private final Inquiries inquiries;
  private final Book book;
  private final MailSignature signature;
  private final String from;
  private final URI publicUrl;

  GenuineMailController(
      SendingBodies bodies,
      Inquiries inquiries,
      Book book,
      MailSignature signature,
      @Value("${musubi.mail.from}") String from,
      @Value("${musubi.public-url:http://localhost:8080}") URI publicUrl) {
    this.bodies = bodies;
    this.inquiries = inquiries;
    this.book = book;
    this.signature = signature;
    this.from = from;
    this.publicUrl = publicUrl;
  }

  /**
   * The page.
   *
   * @param from the address mails come from
   * @param host where their links lead
   * @param issuer of the certificate that they are signed with; empty when they are not
   */
  record Page(String from, String host, String issuer, List<Line> bodies, List<Field> fields) {}

  /** A body that uses the service, and the name in its mails. */
  record Line(String name, String sender, String phone) {}

  /** What was typed. */
  record Typed(@Nullable String body, @Nullable String number, @Nullable String recipient) {
    static final Typed NOTHING = new Typed(null, null, null);
  }

  @GetMapping
  ModelAndView explain() {
    return page(Typed.NOTHING, Map.of(), HttpStatus.OK);
  }

  /** 「確かめる」. Changes nothing but the count of who asked. */
  @PostMapping
  ModelAndView ask(@ModelAttribute Typed typed, HttpServletRequest request) {
    var reader = new FormReader();
    var body = body(reader, typed.body());
    var number = reader.line("number", typed.number(), 40, true);
    var recipient = reader.mail("recipient", typed.recipient());
    if (!reader.wrong().isEmpty() || body.isEmpty()) {
      return page(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var answer =
        Tenancy.in(
            body.get().id(),
            () -> inquiries.ask(number, recipient, String.valueOf(request.getRemoteAddr())));
    return switch (answer) {
      case Inquiries.Answer.Sent(var at) ->
          page(typed, Map.of(), HttpStatus.OK)
              .addObject("tone", "success")
              .addObject(
                  "answer",
                  Text.of("genuine.sent", body.get().name(), JapaneseDates.date(at), number));
      case Inquiries.Answer.Unknown _ ->
          page(typed, Map.of(), HttpStatus.OK)
              .addObject("tone", "warning")
              .addObject("answer", Text.of("genuine.unknown", body.get().name()));
      case Inquiries.Answer.TooMany _ ->
          page(typed, Map.of(), HttpStatus.TOO_MANY_REQUESTS)
              .addObject("tone", "warning")
              .addObject("answer", Text.of("genuine.tooMany"));
    };
  }

  private Optional<Body> body(FormReader reader, @Nullable String code) {
    var chosen = code == null ? Optional.<Body>empty() : bodies.withCode(code);
    if (chosen.isEmpty()) {
      reader.reject("body", "genuine.wrong.body");
    }
    return chosen;
  }

  private ModelAndView page(Typed typed, Map<String, Text> wrong, HttpStatus status) {
    var sending = bodies.current();
    var options = new ArrayList<Option>();
    options.add(new Option("", book.of("genuine.choose")));
    sending.forEach(each -> options.add(new Option(each.body().code(), each.body().name())));
    var page =
        new ModelAndView(
            "delivery/genuine",
            "page",
            new Page(
                from,
                publicUrl.getAuthority(),
                signature.issuer().orElse(""),
                sending.stream()
                    .map(each ->
                        new Line(
                            each.body().name(),
                            each.sender(),
                            each.body().phone() == null ? "" : each.body().phone()))
                    .toList(),
                List.of(
                    Field.required("body", "genuine.body")
                        .offering(options)
                        .with(typed.body())
                        .wrong(wrong.get("body")),
                    Field.required("number", "genuine.number")
                        .hinted("genuine.number.hint")
                        .drawn(NUMBER)
                        .with(typed.number())
                        .wrong(wrong.get("number")),
                    Field.required("recipient", "genuine.recipient")
                        .hinted("genuine.recipient.hint")
                        .drawn(Field.Look.MAIL)
                        .with(typed.recipient())
                        .wrong(wrong.get("recipient")))));
    page.setStatus(status);
    return page;
  }
}

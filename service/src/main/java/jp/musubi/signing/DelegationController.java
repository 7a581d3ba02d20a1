package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.musubi.contract.Delegate;
import jp.musubi.contract.Identification;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.PhoneNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 転送: somebody else of the counterparty decides. */
@Controller
@RequestMapping("/s/{body}/{link}/delegation")
class DelegationController {
  /** Refusals that are told on the form: why it cannot be passed on at all. */
  private static final Set<String> ANSWERED = Set.of("often", "mandate");

  private static final Field.Look PHONE =
      new Field.Look("tel", "tel", "tel", "medium", null, 20, null);

  private final Entrance entrance;
  private final Ceremony ceremony;
  private final Pages pages;

  DelegationController(Entrance entrance, Ceremony ceremony, Pages pages) {
    this.entrance = entrance;
    this.ceremony = ceremony;
    this.pages = pages;
  }

  /** The form as typed. */
  record Form(
      @Nullable String title,
      @Nullable String name,
      @Nullable String mail,
      @Nullable String phone) {

    Delegate read(FormReader reader, Visit visit) {
      var to =
          new Delegate(
              reader.line("title", title, 50, false),
              reader.line("name", name, 50, true),
              reader.mail("mail", mail));
      if (to.mail().equalsIgnoreCase(visit.party().mail())) {
        reader.reject("mail", "signing.delegation.mail.same");
      }
      return to;
    }

    /** Where numbers go from now on, if they go by SMS. */
    Optional<String> telephone(FormReader reader, Visit visit) {
      if (visit.identification() != Identification.Way.SMS_CODE) {
        return Optional.empty();
      }
      var number = PhoneNumber.mobile(phone);
      if (number.isEmpty()) {
        reader.reject("phone", "signing.delegation.phone.wrong");
      }
      return number;
    }

    List<Field> fields(FormReader reader, Visit visit) {
      var fields = new ArrayList<>(all(reader));
      if (visit.identification() == Identification.Way.SMS_CODE) {
        fields.add(
            Field.required("phone", "signing.delegation.phone")
                .hinted("signing.delegation.phone.hint")
                .drawn(PHONE)
                .with(phone)
                .wrong(reader.wrong().get("phone")));
      }
      return List.copyOf(fields);
    }

    private List<Field> all(FormReader reader) {
      return List.of(
          Field.optional("title", "signing.delegation.title")
              .with(title)
              .wrong(reader.wrong().get("title")),
          Field.required("name", "signing.delegation.name")
              .with(name)
              .wrong(reader.wrong().get("name")),
          Field.required("mail", "signing.delegation.mail")
              .hinted("signing.delegation.mail.hint")
              .drawn(Field.Look.MAIL)
              .with(mail)
              .wrong(reader.wrong().get("mail")));
    }
  }

  @GetMapping
  @Nullable String ask(
      @PathVariable String body,
      @PathVariable String link,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, _) ->
            visit.standing() == Standing.TO_DECIDE
                ? page(visit, new Form(null, null, null, null), new FormReader(), "", model)
                : "redirect:" + visit.path(body) + "/done");
  }

  /** 「この方に転送する」. */
  @PostMapping
  @Nullable String delegate(
      @PathVariable String body,
      @PathVariable String link,
      @RequestParam String idempotencyKey,
      @ModelAttribute Form form,
      Model model,
      HttpServletRequest request,
      HttpServletResponse response) {
    return entrance.admit(
        body,
        link,
        model,
        request,
        response,
        (visit, _) -> {
          if (visit.standing() != Standing.TO_DECIDE) {
            return "redirect:" + visit.path(body) + "/done";
          }
          var reader = new FormReader();
          var to = form.read(reader, visit);
          var phone = form.telephone(reader, visit);
          if (!reader.wrong().isEmpty() || !FormKey.isOne(idempotencyKey)) {
            response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
            return page(visit, form, reader, "", model);
          }
          var manner =
              visit.manner(
                  Visitor.of(request),
                  pages.declaration(Declaration.Line.of("signing.delegation.submit")).text());
          var refused = ceremony.delegate(visit, idempotencyKey, to, phone, manner);
          if (refused.filter(ANSWERED::contains).isPresent()) {
            response.setStatus(HttpServletResponse.SC_CONFLICT);
            return page(visit, form, reader, refused.get(), model);
          }
          return refused.isPresent()
              ? "redirect:" + visit.path(body) + "/read"
              : pages.notice(model, "success", "signing.delegated", null, null);
        });
  }

  private String page(Visit visit, Form form, FormReader reader, String refused, Model model) {
    pages.frame(model, visit);
    model.addAttribute("facts", pages.letterhead(visit));
    model.addAttribute("key", FormKey.next());
    model.addAttribute("refused", refused);
    model.addAttribute("fields", form.fields(reader, visit));
    return "signing/delegation";
  }
}

package jp.musubi.signing;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.logo.Logos;
import jp.musubi.organisation.Body;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What several of the counterparty's pages share. */
@Component
class Pages {
  private final MessageSource messages;
  private final MailedLinks links;
  private final Letters letters;
  private final Attachments attachments;
  private final List<Inscription> inscriptions;
  private final Logos logos;

  Pages(
      MessageSource messages,
      MailedLinks links,
      Letters letters,
      Attachments attachments,
      List<Inscription> inscriptions,
      Logos logos) {
    this.attachments = attachments;
    this.inscriptions = List.copyOf(inscriptions);
    this.logos = logos;
    this.messages = messages;
    this.links = links;
    this.letters = letters;
  }

  /** In the language that the reader has chosen. */
  String text(String key, Object... values) {
    return messages.getMessage(key, values, locale());
  }

  /** The language that the reader has chosen. */
  static Locale locale() {
    return LocaleContextHolder.getLocale();
  }

  /** What somebody says by pressing, as this page shows it. */
  Declaration declaration(Declaration.Line... lines) {
    return Declaration.of(messages, locale(), lines);
  }

  /** The current body; none when the address names none. */
  Optional<Body> body() {
    return Tenancy.current().map(_ -> links.body());
  }

  /** Puts in what every page of a visit shows. */
  void frame(Model model, Visit visit) {
    model.addAttribute("contract", visit.contract());
    model.addAttribute("party", visit.party());
    model.addAttribute("written", written(visit));
    if (visit.isPractice()) {
      model.addAttribute("body", Practice.BODY);
      model.addAttribute("path", Practice.PATH);
      model.addAttribute("contact", text("practice.contact"));
      return;
    }
    var body = links.body();
    model.addAttribute("body", body.name());
    logos.path(body).ifPresent(logo -> model.addAttribute("logo", logo));
    model.addAttribute("path", visit.path(body.code()));
    model.addAttribute("contact", letters.contactShown(visit.contract()));
  }

  /**
   * A file of its own to which the contract refers.
   *
   * @param path below that of the link
   * @param kind message key
   * @param size in bytes, as people read it
   */
  record Enclosure(String path, String name, String kind, String size, String sha256) {}

  /** The files of their own to which the contract refers; practice has none. */
  List<Enclosure> enclosures(Visit visit) {
    if (visit.isPractice()) {
      return List.of();
    }
    return attachments.of(visit.contract().id()).references().stream()
        .map(each ->
            new Enclosure(
                "/files/" + each.id(),
                each.name(),
                "signing.files.kind." + each.kind(),
                text("signing.files.bytes", each.bytes()),
                each.sha256().hex()))
        .toList();
  }

  /** What was written into the document before anybody sealed it; practice has none. */
  private List<Inscription.Written> written(Visit visit) {
    return visit.isPractice()
        ? List.of()
        : inscriptions.stream().flatMap(each -> each.of(visit.contract().id()).stream()).toList();
  }

  /** 確認 → 同意 → 完了, standing at the n-th from 0; 3 when all is done. */
  static List<Step> way(int at) {
    var steps = new ArrayList<Step>();
    var labels = List.of("signing.way.read", "signing.way.agree", "signing.way.done");
    for (var i = 0; i < labels.size(); i++) {
      var place = i < at ? Step.Place.DONE : i == at ? Step.Place.NOW : Step.Place.TODO;
      steps.add(Step.of(labels.get(i), place));
    }
    return steps;
  }

  /** 件名・差出人・期限: what the landing page says and the mail said before. */
  List<Fact> letterhead(Visit visit) {
    var contract = visit.contract();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("signing.fact.title", contract.title()));
    facts.add(
        new Fact(
            "signing.fact.sender",
            letters.sender(contract, locale()),
            text("signing.fact.number", contract.number())));
    if (visit.standing() == Standing.TO_DECIDE) {
      contract
          .deadline()
          .ifPresent(at ->
              facts.add(
                  new Fact("signing.fact.deadline", Wording.time(at, locale()), western(at))));
    }
    return facts;
  }

  /** The other calendar's day, beside 和暦. */
  private static @Nullable String western(Instant at) {
    return locale().equals(Locale.JAPAN) ? Wording.western(at) : null;
  }

  /** The summary card of a contract. */
  List<Fact> card(Particulars contract) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("signing.fact.title", contract.title()));
    contract
        .parties(Party.Kind.OFFICE)
        .forEach(office -> facts.add(Fact.of("signing.fact.with", office.signature())));
    contract
        .amount()
        .ifPresentOrElse(
            yen ->
                facts.add(
                    new Fact(
                        "signing.fact.amount",
                        Wording.money(yen, locale()),
                        text("signing.fact.tax"))),
            () -> facts.add(Fact.of("signing.fact.amount", text("signing.fact.unit-price"))));
    period(contract).ifPresent(period -> facts.add(Fact.of("signing.fact.period", period)));
    contract
        .contractDate()
        .ifPresent(day -> facts.add(Fact.of("signing.fact.date", Wording.day(day, locale()))));
    return facts;
  }

  private Optional<String> period(Particulars contract) {
    var from = contract.periodFrom().map(day -> Wording.era(day, locale()));
    var until = contract.periodUntil().map(day -> Wording.era(day, locale()));
    return from.isEmpty() && until.isEmpty()
        ? Optional.empty()
        : Optional.of(text("signing.period", from.orElse(""), until.orElse("")));
  }

  /** The page for a link that does not open. */
  String shut(
      Admission.Shut shut,
      String bodyCode,
      String linkId,
      Model model,
      HttpServletResponse response) {
    var reason = shut.reason();
    response.setStatus(
        switch (reason) {
          case UNKNOWN -> HttpServletResponse.SC_NOT_FOUND;
          case REVOKED, EXPIRED -> HttpServletResponse.SC_GONE;
          case NOT_ENTERED, STALE -> HttpServletResponse.SC_FORBIDDEN;
        });
    var key = "signing.shut." + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    var fresh =
        reason == Admission.Reason.STALE || body().isEmpty()
            ? null
            : "/s/%s/%s/fresh".formatted(bodyCode, linkId);
    return notice(
        model,
        "warning",
        key,
        shut.visit().map(visit -> letters.contactShown(visit.contract())).orElse(null),
        fresh);
  }

  /** The page of a contract that ended without being concluded. */
  String ended(Visit visit, Model model) {
    model.addAttribute("facts", letterhead(visit));
    var reason = visit.contract().endReason().orElse("");
    var key = "signing.ended." + visit.standing().key();
    model.addAttribute("title", text(key + ".heading"));
    model.addAttribute("reason", reason);
    frame(model, visit);
    model.addAttribute(
        "notice",
        new Notice(
            links.body().name(),
            "info",
            text(key + ".heading"),
            text(key + ".text"),
            letters.contactShown(visit.contract()),
            null));
    return "signing/ended";
  }

  /** A page that only explains. */
  String notice(
      Model model, String tone, String key, @Nullable String contact, @Nullable String freshLink) {
    var name = body().map(Body::name).orElseGet(() -> text("web.service"));
    var phone =
        body()
            .map(body ->
                body.phone() == null
                    ? text("signing.contact.no-phone", body.name())
                    : text("signing.contact.phone", body.name(), body.phone()))
            .orElse("");
    model.addAttribute(
        "notice",
        new Notice(
            name,
            tone,
            text(key + ".heading"),
            text(key + ".text"),
            contact == null ? phone : contact,
            freshLink));
    return "signing/notice";
  }
}

package jp.musubi.signing;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.CouncilVote;
import jp.musubi.contract.CouncilVotes;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Party;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Step;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** After the decision: what happened, what is still open, and in the end the concluded file. */
@Controller
@RequestMapping("/s/{body}/{link}/done")
class DoneController {
  private final Entrance entrance;
  private final Pages pages;
  private final CouncilVotes votes;
  private final NewestVersions newest;

  DoneController(Entrance entrance, Pages pages, CouncilVotes votes, NewestVersions newest) {
    this.entrance = entrance;
    this.pages = pages;
    this.votes = votes;
    this.newest = newest;
  }

  /**
   * 議会の議決 as the counterparty reads of it.
   *
   * @param key of the words, under which lie {@code .heading} and {@code .text}
   */
  record Council(String tone, String key, String bill, String day) {

    static Council of(CouncilVote vote) {
      var key = "signing.council." + vote.key();
      return switch (vote) {
        case CouncilVote.Awaited _ -> new Council("info", key, "", "");
        case CouncilVote.Decided(var outcome, var bill, var on) ->
            new Council(
                outcome == CouncilVote.Outcome.PASSED ? "success" : "warning",
                key,
                bill,
                Wording.day(on, Pages.locale()));
      };
    }
  }

  @GetMapping
  @Nullable String done(
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
            switch (visit.standing()) {
              case TO_DECIDE -> "redirect:" + visit.path(body) + "/read";
              case AGREED -> agreed(visit, model);
              case CONCLUDED -> concluded(visit, model);
              case DECLINED, RETURNED, WITHDRAWN, EXPIRED, ON_PAPER, DISPOSED ->
                  pages.ended(visit, model);
            });
  }

  /** The page while others have still to sign. */
  String agreed(Visit visit, Model model) {
    var agreement = visit.agreement().orElseThrow();
    var contract = visit.contract();
    pages.frame(model, visit);
    model.addAttribute("way", Pages.way(3));
    model.addAttribute("life", life(visit));
    model.addAttribute("agreedAt", Wording.time(agreement.agreedAt(), Pages.locale()));
    model.addAttribute("receipt", Wording.receipt(agreement));
    model.addAttribute("office", office(visit));
    model.addAttribute("concluding", contract.state().equals("CONCLUDING"));
    model.addAttribute(
        "cause",
        contract.sealCause().map(cause -> pages.text("signing.cause." + cause)).orElse(null));
    model.addAttribute(
        "facts",
        List.of(
            Fact.of("signing.done.fact.file", pages.text("signing.done.fact.file.later")),
            Fact.of(
                "signing.done.fact.life",
                pages.text(
                    "signing.done.fact.life.years", Integer.toString(contract.readingYears())))));
    return "signing/agreed";
  }

  /** The page of a concluded contract. */
  String concluded(Visit visit, Model model) {
    var contract = visit.contract();
    var at = contract.concludedAt().orElseThrow();
    // The digest of what the link gives, so that it can be compared.
    var concluded = contract.finalFile().orElseThrow();
    var file = visit.isPractice() ? concluded : newest.of(contract.id(), concluded);
    pages.frame(model, visit);
    model.addAttribute("life", life(visit));
    var facts = new ArrayList<Fact>(pages.card(contract));
    facts.add(Fact.of("signing.concluded.fact.at", Wording.time(at, Pages.locale())));
    facts.add(Fact.of("signing.fact.document-number", contract.number()));
    visit
        .agreement()
        .map(Wording::receipt)
        .ifPresent(receipt -> facts.add(Fact.of("signing.concluded.fact.receipt", receipt)));
    model.addAttribute("past", !visit.isPractice());
    if (!visit.isPractice()) {
      votes.of(contract.id()).ifPresent(vote -> model.addAttribute("council", Council.of(vote)));
    }
    model.addAttribute("facts", facts);
    model.addAttribute("concludedAt", Wording.time(at, Pages.locale()));
    model.addAttribute("until", Wording.lastDay(contract, at, Pages.locale()));
    model.addAttribute("enclosures", pages.enclosures(visit));
    model.addAttribute("sha256", file);
    model.addAttribute("grouped", Wording.grouped(file));
    return "signing/concluded";
  }

  /** 送信 → 相手方の同意 → 団体の署名 → 締結. */
  private List<Step> life(Visit visit) {
    var steps = new ArrayList<Step>();
    steps.add(
        new Step(
            "signing.life.sent",
            Step.Place.DONE,
            visit.contract().dispatchedAt().map(DoneController::shortDay).orElse(null)));
    var now = true;
    for (var party : visit.contract().parties()) {
      if (party.kind() == Party.Kind.SENDER) {
        continue;
      }
      var given = agreement(visit, party);
      var place = given != null ? Step.Place.DONE : now ? Step.Place.NOW : Step.Place.TODO;
      now = now && given != null;
      steps.add(
          new Step(
              party.kind() == Party.Kind.OFFICE ? "signing.life.office" : "signing.life.agreed",
              place,
              given == null ? null : shortDay(given.agreedAt())));
    }
    var concluded = visit.contract().concludedAt();
    steps.add(
        new Step(
            "signing.life.concluded",
            concluded.isPresent() ? Step.Place.DONE : now ? Step.Place.NOW : Step.Place.TODO,
            concluded.map(DoneController::shortDay).orElse(null)));
    return steps;
  }

  private static String shortDay(Instant at) {
    return Wording.shortDay(at, Pages.locale());
  }

  private static @Nullable Agreement agreement(Visit visit, Party party) {
    return visit.agreements().stream()
        .filter(each -> each.party().equals(party.id()))
        .findFirst()
        .orElse(null);
  }

  private static String office(Visit visit) {
    return visit.contract().parties(Party.Kind.OFFICE).stream()
        .findFirst()
        .map(Party::title)
        .orElse("");
  }
}

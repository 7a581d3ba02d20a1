package jp.musubi.submission;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 提出の依頼: what a draft's counterparties are asked to hand in, and whom to ask. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/submissions")
class SubmissionController {
  private final Submissions submissions;
  private final SubmissionPages pages;
  private final Contracts contracts;
  private final Organisations organisations;
  private final Book book;

  SubmissionController(
      Submissions submissions,
      SubmissionPages pages,
      Contracts contracts,
      Organisations organisations,
      Book book) {
    this.submissions = submissions;
    this.pages = pages;
    this.contracts = contracts;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(@PathVariable UUID id) {
    var draft = draft(contracts, id);
    return parties(draft).isEmpty()
        ? toParties(id)
        : new ModelAndView("submission/wanted", "page", pages.of(draft))
            .addObject("crumbs", crumbs(book, draft, List.of()));
  }

  @GetMapping("/new")
  ModelAndView begin(@PathVariable UUID id) {
    var draft = draft(contracts, id);
    var parties = parties(draft);
    return parties.isEmpty()
        ? toParties(id)
        : form(draft, WantedForm.empty(parties.getFirst().ordinal()), Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView add(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @ModelAttribute WantedForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var draft = draft(contracts, id);
    var reader = new FormReader();
    var party =
        parties(draft).stream()
            .filter(each -> String.valueOf(each.ordinal()).equals(typed.place()))
            .findFirst();
    if (party.isEmpty()) {
      reader.reject("place", "submission.wrong.choose");
    }
    var wanted = typed.read(reader, organisations.today());
    if (wanted.isPresent()
        && party.isPresent()
        && !submissions.add(draft.id(), party.get().ordinal(), wanted.get(), by(clerk, request))) {
      reader.reject("name", "submission.wrong.most", String.valueOf(Wanted.MOST));
    }
    return reader.wrong().isEmpty()
        ? done(id, "submission.done.added", flash)
        : form(draft, typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
  }

  /** 「提出を依頼する」. */
  @PostMapping("/asking")
  ModelAndView ask(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam int place,
      HttpServletRequest request,
      RedirectAttributes flash) {
    submissions.ask(draft(contracts, id).id(), place, by(clerk, request));
    return done(id, "submission.done.asked", flash);
  }

  @PostMapping("/{wanted}/removal")
  ModelAndView remove(
      @PathVariable UUID id,
      @PathVariable UUID wanted,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return done(
        id,
        submissions.remove(draft(contracts, id).id(), wanted, by(clerk, request))
            ? "submission.done.removed"
            : "submission.done.kept",
        flash);
  }

  /** Lets only drafts pass: what left the house stays as it is. */
  static Particulars draft(Contracts contracts, UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (!contract.state().equals("DRAFT")) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    return contract;
  }

  static List<Crumb> crumbs(Book book, Particulars contract, List<Crumb> further) {
    var path = "/contracts/" + contract.id();
    var all =
        new ArrayList<>(
            List.of(
                book.crumb("contract.crumb.home", "/"),
                book.crumb("contract.list.heading", "/contracts"),
                new Crumb(contract.title(), path),
                book.crumb("submission.heading", path + "/submissions")));
    all.addAll(further);
    return all;
  }

  private static Submissions.By by(StaffMember clerk, HttpServletRequest request) {
    return DraftCalls.by(clerk, request.getRemoteAddr());
  }

  private static List<Party> parties(Particulars draft) {
    return draft.parties(Party.Kind.COUNTERPARTY);
  }

  private static ModelAndView toParties(UUID id) {
    return new ModelAndView("redirect:/contracts/" + id + "/parties");
  }

  private static ModelAndView done(UUID id, String words, RedirectAttributes flash) {
    flash.addFlashAttribute("done", words);
    return new ModelAndView("redirect:/contracts/" + id + "/submissions");
  }

  private ModelAndView form(
      Particulars draft, WantedForm typed, Map<String, Text> wrong, HttpStatus status) {
    var path = "/contracts/" + draft.id() + "/submissions";
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("submission.new"),
                    crumbs(book, draft, List.of(book.crumb("submission.new", path + "/new"))),
                    path,
                    typed.fields(
                        parties(draft).stream()
                            .map(party ->
                                new Option(String.valueOf(party.ordinal()), party.signature()))
                            .toList(),
                        wrong,
                        book),
                    "submission.new.submit",
                    path)
                .led(Text.of("submission.new.lead")));
    page.setStatus(status);
    return page;
  }
}

package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.InvitationPreview;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Sending;
import jp.musubi.contract.SendingGate;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 契約を作る, step 4: 確認, and 送信. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}")
class ReviewController {
  private final Contracts contracts;
  private final Drafts drafts;
  private final Sending sending;
  private final List<SendingGate> gates;
  private final InvitationPreview preview;
  private final ShowPages pages;
  private final FilesPages files;
  private final ReviewWarnings warnings;
  private final EligibilityNotes eligibility;
  private final FormKeys keys;
  private final Words words;

  ReviewController(
      Contracts contracts,
      Drafts drafts,
      Sending sending,
      List<SendingGate> gates,
      InvitationPreview preview,
      ShowPages pages,
      FilesPages files,
      ReviewWarnings warnings,
      EligibilityNotes eligibility,
      FormKeys keys,
      Words words) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.sending = sending;
    this.gates = List.copyOf(gates);
    this.preview = preview;
    this.pages = pages;
    this.files = files;
    this.warnings = warnings;
    this.eligibility = eligibility;
    this.keys = keys;
    this.words = words;
  }

  @GetMapping("/review")
  ModelAndView review(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    if (draft.parties().isEmpty() || draft.prepared().isEmpty()) {
      return new ModelAndView(
          "redirect:/contracts/"
              + id
              + (draft.parties().isEmpty() || files.shown(draft).isEmpty()
                  ? "/parties"
                  : "/files"));
    }
    if (draft.deadline().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id + "/terms");
    }
    var notes = eligibility.of(draft.id());
    return new ModelAndView(
        "contract/review",
        "page",
        new ReviewPage(
            "/contracts/" + id,
            draft.title(),
            draft.number(),
            Making.at(3),
            notes.barred(),
            joined(notes.open(), warnings.of(draft)),
            gates.stream().flatMap(gate -> gate.standing(draft).stream()).toList(),
            joined(pages.facts(draft, clerk), notes.facts()),
            files.shown(draft),
            flow(draft),
            draft.parties(Party.Kind.COUNTERPARTY).stream()
                .map(party -> letter(draft, party))
                .toList(),
            draft.currentFile().hex(),
            ShowPage.Sheet.of(draft.pages()),
            draft.parties().getFirst().signature(),
            keys.next(),
            keys.next(),
            draft.version()));
  }

  @PostMapping("/dispatch")
  ModelAndView dispatch(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam String seed,
      @RequestParam int version,
      @RequestParam String document,
      HttpServletRequest request) {
    var contract = contracts.get(new ContractId(id));
    var codes =
        sending.send(
            contract.id(),
            new Sending.Reviewed(idempotencyKey, seed, version, Sha256.parse(document)),
            clerk,
            Visitor.manner(request, Visitor.entered(person), words.of("contract.review.submit")));
    return CodePage.answer("contract.code.sentHeading", codes, "/contracts/" + id);
  }

  private List<ReviewPage.Turn> flow(Particulars draft) {
    return draft.parties().stream()
        .map(party ->
            new ReviewPage.Turn(
                party.signature(),
                draft.parties().stream().filter(other -> other.turn() == party.turn()).count() > 1,
                switch (party.kind()) {
                  case SENDER -> words.of("contract.flow.SENDER");
                  case COUNTERPARTY ->
                      words.of(
                          "contract.flow.COUNTERPARTY." + drafts.identification(party.id()).way());
                  case OFFICE ->
                      words.of(
                          draft.isSignedByBodyAlone()
                              ? "contract.flow.OFFICE.alone"
                              : party.equals(draft.parties().getLast())
                                  ? "contract.flow.OFFICE"
                                  : "contract.flow.OFFICE.first");
                }))
        .toList();
  }

  private ReviewPage.Letter letter(Particulars draft, Party counterparty) {
    var mail = preview.of(draft, counterparty);
    return new ReviewPage.Letter(
        counterparty.mail() == null ? "" : counterparty.mail(), mail.subject(), mail.body());
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}

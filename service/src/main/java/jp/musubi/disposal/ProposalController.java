package jp.musubi.disposal;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.StaffManner;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.FreshProof;
import jp.musubi.staff.Proving;
import jp.musubi.staff.Reauthentication;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 廃棄の案: seen by both, confirmed by the other one, who proves to be there, or sent back. */
@Controller
@RequestMapping("/disposal/proposals/{proposal}")
class ProposalController {
  private final Disposals disposals;
  private final DisposalPages pages;
  private final Reauthentication reauthentication;
  private final FreshProof proofs;
  private final Book book;

  ProposalController(
      Disposals disposals,
      DisposalPages pages,
      Reauthentication reauthentication,
      FreshProof proofs,
      Book book) {
    this.disposals = disposals;
    this.pages = pages;
    this.reauthentication = reauthentication;
    this.proofs = proofs;
    this.book = book;
  }

  /** The page on which it is confirmed. */
  record Page(
      List<Crumb> crumbs,
      String path,
      String reason,
      String proposer,
      List<DisposalPages.Line> lines,
      String shown,
      String key,
      List<Field> fields,
      @Nullable Text refusal,
      @Nullable Proving proof) {
    /** One field. */
    public Field field(String name) {
      return fields.stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }
  }

  @GetMapping
  @Needs(Act.SEE_DISPOSALS)
  ModelAndView show(@PathVariable UUID proposal, @CurrentStaff StaffMember reader) {
    return new ModelAndView(
        "web/sheet", "page", pages.proposal(disposals.show(proposal, reader), reader));
  }

  @GetMapping("/confirmation")
  @Needs(Act.CONFIRM_DISPOSAL)
  ModelAndView form(
      @PathVariable UUID proposal,
      @AuthenticationPrincipal SignedInStaff person,
      HttpServletRequest request) {
    return page(disposals.show(proposal, person.member()), person, false, Map.of(), null, request);
  }

  @PostMapping("/confirmation")
  @Needs(Act.CONFIRM_DISPOSAL)
  ModelAndView confirm(
      @PathVariable UUID proposal,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam String shown,
      @RequestParam(defaultValue = "false") boolean confirmed,
      @RequestParam(required = false) @Nullable String password,
      @RequestParam(defaultValue = "") String code,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var of = disposals.show(proposal, person.member());
    if (!shown.matches("[0-9a-f]{64}")) {
      throw new NotFound("page of disposal proposal " + proposal);
    }
    var reader = new FormReader();
    if (!confirmed) {
      reader.reject("confirmed", "contract.wrong.confirm");
    }
    var factors = reauthentication.shown(person, password, code, reader, request);
    if (!reader.wrong().isEmpty()) {
      var page = page(of, person, confirmed, reader.wrong(), null, request);
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    try {
      disposals.confirm(
          proposal,
          idempotencyKey,
          Sha256.parse(shown),
          person.member(),
          StaffManner.of(
              factors,
              book.of("disposal.confirmed"),
              request.getRemoteAddr(),
              request.getHeader("User-Agent")));
    } catch (Refused refused) {
      var page =
          page(
              disposals.show(proposal, person.member()),
              person,
              false,
              Map.of(),
              pages.words(refused),
              request);
      page.setStatus(HttpStatus.CONFLICT);
      return page;
    }
    flash.addFlashAttribute("done", "disposal.done");
    return new ModelAndView("redirect:/disposal/proposals/" + proposal);
  }

  private ModelAndView page(
      Disposals.Shown of,
      SignedInStaff person,
      boolean confirmed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpServletRequest request) {
    var proposal = of.proposal();
    var path = DisposalPages.path(proposal);
    var proof = Proving.of(proofs, request.getSession(), person, path + "/confirmation");
    var fields = new ArrayList<Field>();
    fields.add(
        Field.required("confirmed", "disposal.confirmed")
            .with(String.valueOf(confirmed))
            .wrong(wrong.get("confirmed")));
    fields.addAll(reauthentication.fields(person, proof, wrong));
    return new ModelAndView(
        "disposal/confirm",
        "page",
        new Page(
            pages.crumbs(
                new Crumb(pages.title(proposal), path),
                new Crumb(book.of("disposal.confirm"), path + "/confirmation")),
            path,
            proposal.reason(),
            proposal.proposedName(),
            of.items().stream()
                .map(item -> pages.line(item.contract(), item.files(), false, person.member()))
                .toList(),
            of.shown().hex(),
            UUID.randomUUID().toString(),
            fields,
            refusal,
            proof));
  }

  @GetMapping("/return")
  @Needs(Act.SEE_DISPOSALS)
  ModelAndView returning(@PathVariable UUID proposal, @CurrentStaff StaffMember by) {
    return returning(disposals.show(proposal, by).proposal(), by, "", Map.of());
  }

  @PostMapping("/return")
  @Needs(Act.SEE_DISPOSALS)
  ModelAndView giveBack(
      @PathVariable UUID proposal,
      @CurrentStaff StaffMember by,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var of = disposals.show(proposal, by).proposal();
    var reader = new FormReader();
    var why = reader.lines("reason", reason, 500);
    if (!reader.wrong().isEmpty()) {
      var page = returning(of, by, why, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    try {
      disposals.giveBack(proposal, why, by, request.getRemoteAddr());
    } catch (Refused refused) {
      var page = show(proposal, by).addObject("refusal", pages.words(refused));
      page.setStatus(HttpStatus.CONFLICT);
      return page;
    }
    flash.addFlashAttribute("done", "disposal.returned");
    return new ModelAndView("redirect:/disposal/proposals/" + proposal);
  }

  private ModelAndView returning(
      Proposal of, StaffMember by, String reason, Map<String, Text> wrong) {
    var path = DisposalPages.path(of);
    var label = of.proposedBy().equals(by.id()) ? "disposal.takeBack" : "disposal.return";
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(
            book.of(label),
            pages.crumbs(
                new Crumb(pages.title(of), path), new Crumb(book.of(label), path + "/return")),
            path + "/return",
            List.of(
                Field.required("reason", "disposal.returnReason")
                    .drawn(Form.LINES)
                    .with(reason)
                    .wrong(wrong.get("reason"))),
            label,
            path));
  }
}

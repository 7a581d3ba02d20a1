package jp.musubi.submission;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Layouts;
import jp.musubi.platform.ConcurrentChange;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a counterparty handed in for a draft: looked at, taken into the contract, or sent back. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/submissions/{wanted}")
class HandedInController {
  static final String DIGEST = "an entry names the digest of what left";

  private final Submissions submissions;
  private final Accepting accepting;
  private final SubmissionPages pages;
  private final HandedInBytes bytes;
  private final HandedInWords told;
  private final Contracts contracts;
  private final Layouts layouts;
  private final Book book;

  HandedInController(
      Submissions submissions,
      Accepting accepting,
      SubmissionPages pages,
      HandedInBytes bytes,
      HandedInWords told,
      Contracts contracts,
      Layouts layouts,
      Book book) {
    this.submissions = submissions;
    this.accepting = accepting;
    this.pages = pages;
    this.bytes = bytes;
    this.told = told;
    this.contracts = contracts;
    this.layouts = layouts;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(@PathVariable UUID id, @PathVariable UUID wanted) {
    return page(id, wanted, List.of(), null, null);
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/content")
  void content(@PathVariable UUID id, @PathVariable UUID wanted, HttpServletResponse response) {
    bytes.content(standing(id, wanted), id, response);
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/pages/{number}.png")
  ResponseEntity<byte[]> image(
      @PathVariable UUID id, @PathVariable UUID wanted, @PathVariable int number) {
    return bytes.image(standing(id, wanted), id, number);
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/pages/{number}.txt")
  ResponseEntity<String> text(
      @PathVariable UUID id, @PathVariable UUID wanted, @PathVariable int number) {
    return bytes.text(standing(id, wanted), id, number);
  }

  /**
   * 「受け取る」.
   *
   * @param standing key of the file that was looked at: another that came meanwhile is not taken
   */
  @PostMapping("/acceptance")
  ModelAndView accept(
      @PathVariable UUID id,
      @PathVariable UUID wanted,
      @CurrentStaff StaffMember clerk,
      @RequestParam UUID standing,
      @RequestParam HandedIn.As as,
      @RequestParam Attachment.Kind kind,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var draft = SubmissionController.draft(contracts, id);
    var slot = submissions.holding(draft.id(), wanted).find(wanted).orElseThrow();
    insist(slot, standing);
    var by = new Accepting.By(clerk, request.getRemoteAddr());
    var outcome =
        as == HandedIn.As.DOCUMENT
            ? accepting.replace(draft.id(), slot, by)
            : accepting.attach(draft.id(), slot, as, kind, by);
    return switch (outcome) {
      case Accepting.Outcome.Taken(var contract, var notices) -> {
        flash.addFlashAttribute("notices", told.notices(notices));
        flash.addFlashAttribute("done", "submission.done.accepted");
        yield new ModelAndView(
            layouts.unseen(contract).isEmpty()
                ? "redirect:/contracts/" + id + "/submissions"
                : "redirect:/contracts/" + id + "/layout?next=parties");
      }
      case Accepting.Outcome.Refused(var because) -> {
        var page = page(id, wanted, told.reasons(because), null, null);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        yield page;
      }
    };
  }

  /** 「差し戻す」. */
  @PostMapping("/return")
  ModelAndView giveBack(
      @PathVariable UUID id,
      @PathVariable UUID wanted,
      @CurrentStaff StaffMember clerk,
      @RequestParam UUID standing,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var why = reader.lines("reason", reason, Wanted.LONGEST_NOTE, true);
    if (!reader.wrong().isEmpty()) {
      var page = page(id, wanted, List.of(), reason, reader.wrong().get("reason"));
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    var draft = SubmissionController.draft(contracts, id);
    submissions.giveBack(
        submissions.holding(draft.id(), wanted),
        standing,
        why,
        DraftCalls.by(clerk, request.getRemoteAddr()));
    flash.addFlashAttribute("done", "submission.done.returned");
    return new ModelAndView("redirect:/contracts/" + id + "/submissions");
  }

  static void insist(Slot slot, UUID shown) {
    if (slot.standing().filter(file -> file.id().equals(shown)).isEmpty()) {
      throw new ConcurrentChange("handed in " + shown);
    }
  }

  private HandedIn standing(UUID id, UUID wanted) {
    return submissions
        .holding(SubmissionController.draft(contracts, id).id(), wanted)
        .find(wanted)
        .flatMap(Slot::standing)
        .orElseThrow(() -> new NotFound("file for wanted document " + wanted));
  }

  private ModelAndView page(
      UUID id,
      UUID wanted,
      List<String> wrong,
      @Nullable String reason,
      @Nullable Text wrongReason) {
    var draft = SubmissionController.draft(contracts, id);
    var sheet = submissions.holding(draft.id(), wanted);
    var slot = sheet.find(wanted).orElseThrow();
    var path = "/contracts/" + id + "/submissions";
    var seen =
        pages
            .seen(sheet, slot, path + "/" + wanted, path, wrong, reason, wrongReason)
            .orElseThrow(() -> new NotFound("file for wanted document " + wanted));
    return new ModelAndView("submission/seen", "page", seen)
        .addObject(
            "crumbs",
            SubmissionController.crumbs(
                book, draft, List.of(new Crumb(slot.wanted().name(), path + "/" + wanted))));
  }
}

package jp.musubi.submission;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.Layouts;
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

/** A draft that came before there is a contract: looked at, made into one, or sent back. */
@Controller
@Needs(Act.MAKE_CONTRACT)
@RequestMapping("/drafts-asked/{call}/{wanted}")
class ComingDraftController {
  private final DraftCalls calls;
  private final Submissions submissions;
  private final Accepting accepting;
  private final SubmissionPages pages;
  private final HandedInBytes bytes;
  private final HandedInWords told;
  private final Layouts layouts;
  private final Book book;

  ComingDraftController(
      DraftCalls calls,
      Submissions submissions,
      Accepting accepting,
      SubmissionPages pages,
      HandedInBytes bytes,
      HandedInWords told,
      Layouts layouts,
      Book book) {
    this.calls = calls;
    this.submissions = submissions;
    this.accepting = accepting;
    this.pages = pages;
    this.bytes = bytes;
    this.told = told;
    this.layouts = layouts;
    this.book = book;
  }

  @GetMapping
  ModelAndView show(
      @PathVariable UUID call, @PathVariable UUID wanted, @CurrentStaff StaffMember clerk) {
    return page(calls.get(call, clerk), wanted, List.of(), null, null);
  }

  @Recorded(by = Recorded.By.ITSELF, because = HandedInController.DIGEST)
  @GetMapping("/content")
  void content(
      @PathVariable UUID call,
      @PathVariable UUID wanted,
      @CurrentStaff StaffMember clerk,
      HttpServletResponse response) {
    bytes.content(standing(call, wanted, clerk), null, response);
  }

  @Recorded(by = Recorded.By.ITSELF, because = HandedInController.DIGEST)
  @GetMapping("/pages/{number}.png")
  ResponseEntity<byte[]> image(
      @PathVariable UUID call,
      @PathVariable UUID wanted,
      @PathVariable int number,
      @CurrentStaff StaffMember clerk) {
    return bytes.image(standing(call, wanted, clerk), null, number);
  }

  @Recorded(by = Recorded.By.ITSELF, because = HandedInController.DIGEST)
  @GetMapping("/pages/{number}.txt")
  ResponseEntity<String> text(
      @PathVariable UUID call,
      @PathVariable UUID wanted,
      @PathVariable int number,
      @CurrentStaff StaffMember clerk) {
    return bytes.text(standing(call, wanted, clerk), null, number);
  }

  /** 「この案で下書きを作る」. */
  @PostMapping("/acceptance")
  ModelAndView accept(
      @PathVariable UUID call,
      @PathVariable UUID wanted,
      @CurrentStaff StaffMember clerk,
      @RequestParam UUID standing,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var made = calls.madeBy(call, clerk);
    if (made.isPresent()) {
      return new ModelAndView("redirect:/contracts/" + made.get() + "/parties");
    }
    var sheet = calls.get(call, clerk);
    var slot = slot(sheet, wanted);
    HandedInController.insist(slot, standing);
    return switch (accepting.begin(sheet, slot, new Accepting.By(clerk, request.getRemoteAddr()))) {
      case Accepting.Outcome.Taken(var contract, var notices) -> {
        flash.addFlashAttribute("notices", told.notices(notices));
        yield new ModelAndView(
            "redirect:/contracts/"
                + contract
                + (layouts.unseen(contract).isEmpty() ? "/parties" : "/layout?next=parties"));
      }
      case Accepting.Outcome.Refused(var because) -> {
        var page = page(sheet, wanted, told.reasons(because), null, null);
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        yield page;
      }
    };
  }

  /** 「差し戻す」. */
  @PostMapping("/return")
  ModelAndView giveBack(
      @PathVariable UUID call,
      @PathVariable UUID wanted,
      @CurrentStaff StaffMember clerk,
      @RequestParam UUID standing,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var sheet = calls.get(call, clerk);
    var reader = new FormReader();
    var why = reader.lines("reason", reason, Wanted.LONGEST_NOTE, true);
    if (!reader.wrong().isEmpty()) {
      var page = page(sheet, wanted, List.of(), reason, reader.wrong().get("reason"));
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    submissions.giveBack(sheet, standing, why, DraftCalls.by(clerk, request.getRemoteAddr()));
    return DraftCallController.done("submission.done.returned", flash);
  }

  private HandedIn standing(UUID call, UUID wanted, StaffMember clerk) {
    return slot(calls.get(call, clerk), wanted)
        .standing()
        .orElseThrow(() -> new NotFound("file for wanted document " + wanted));
  }

  private static Slot slot(CallSheet sheet, UUID wanted) {
    return sheet.find(wanted).orElseThrow(() -> new NotFound("wanted document " + wanted));
  }

  private ModelAndView page(
      CallSheet sheet,
      UUID wanted,
      List<String> wrong,
      @Nullable String reason,
      @Nullable Text wrongReason) {
    var base = DraftCallController.PATH + "/" + sheet.call().id() + "/" + wanted;
    var seen =
        pages
            .seen(
                sheet,
                slot(sheet, wanted),
                base,
                DraftCallController.PATH,
                wrong,
                reason,
                wrongReason)
            .orElseThrow(() -> new NotFound("file for wanted document " + wanted));
    return new ModelAndView("submission/seen", "page", seen)
        .addObject(
            "crumbs", DraftCallController.crumbs(book, List.of(new Crumb(sheet.title(), base))));
  }
}

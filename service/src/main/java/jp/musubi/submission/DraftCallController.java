package jp.musubi.submission;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
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
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 契約書案の受付 (C-22): asked for before there is a contract, which begins with what is taken. */
@Controller
@Needs(Act.MAKE_CONTRACT)
@RequestMapping("/drafts-asked")
class DraftCallController {
  static final String PATH = "/drafts-asked";

  private final DraftCalls calls;
  private final SubmissionPages pages;
  private final Organisations organisations;
  private final Book book;

  DraftCallController(
      DraftCalls calls, SubmissionPages pages, Organisations organisations, Book book) {
    this.calls = calls;
    this.pages = pages;
    this.organisations = organisations;
    this.book = book;
  }

  /** One that waits. */
  record Line(
      String path,
      String title,
      String party,
      String mail,
      Text link,
      List<SubmissionPage.Row> rows) {}

  @GetMapping
  ModelAndView list(@CurrentStaff StaffMember clerk) {
    return new ModelAndView(
            "submission/drafts",
            "lines",
            calls.waiting(clerk).stream()
                .map(sheet ->
                    new Line(
                        PATH + "/" + sheet.call().id(),
                        sheet.title(),
                        sheet.call().organisation() + " " + sheet.call().name(),
                        sheet.call().mail(),
                        pages.link(sheet),
                        pages.rows(sheet, PATH + "/" + sheet.call().id())))
                .toList())
        .addObject("crumbs", crumbs(book, List.of()));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/new")
  ModelAndView begin(@CurrentStaff StaffMember clerk) {
    return form(DraftCallForm.empty(), Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView ask(
      @CurrentStaff StaffMember clerk,
      @ModelAttribute DraftCallForm typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var read = typed.read(reader, organisations.today(), book);
    if (read.isEmpty() || typed.idempotencyKey() == null) {
      return form(typed, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    calls.ask(
        read.get().told(),
        read.get().wanted(),
        typed.idempotencyKey(),
        clerk,
        request.getRemoteAddr());
    return done("submission.done.asked", flash);
  }

  @PostMapping("/{call}/again")
  ModelAndView again(
      @PathVariable UUID call,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    calls.again(call, clerk, request.getRemoteAddr());
    return done("submission.done.asked", flash);
  }

  @PostMapping("/{call}/end")
  ModelAndView end(
      @PathVariable UUID call,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    calls.end(call, clerk, request.getRemoteAddr());
    return done("submission.done.ended", flash);
  }

  static List<Crumb> crumbs(Book book, List<Crumb> further) {
    var all =
        new ArrayList<>(
            List.of(
                book.crumb("contract.crumb.home", "/"),
                book.crumb("contract.list.heading", "/contracts"),
                book.crumb("submission.drafts", PATH)));
    all.addAll(further);
    return all;
  }

  static ModelAndView done(String words, RedirectAttributes flash) {
    flash.addFlashAttribute("done", words);
    return new ModelAndView("redirect:" + PATH);
  }

  private ModelAndView form(DraftCallForm typed, Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("submission.draft.new"),
                    crumbs(book, List.of(book.crumb("submission.draft.new", PATH + "/new"))),
                    PATH,
                    typed.fields(wrong),
                    "submission.draft.submit",
                    PATH)
                .led(Text.of("submission.draft.lead")));
    page.setStatus(status);
    return page;
  }
}

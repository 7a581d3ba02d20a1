package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Archival;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Layouts;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 体裁の確認: what became of an office's document, page by page, before the contract goes on. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/layout")
class LayoutController {
  private final Contracts contracts;
  private final Layouts layouts;
  private final Archival archival;
  private final Attachments attachments;
  private final Words words;

  LayoutController(
      Contracts contracts,
      Layouts layouts,
      Archival archival,
      Attachments attachments,
      Words words) {
    this.contracts = contracts;
    this.layouts = layouts;
    this.archival = archival;
    this.attachments = attachments;
    this.words = words;
  }

  /**
   * The first file that nobody has looked at.
   *
   * @param base where its pages are
   * @param before where the pages are of the PDF that it was converted from; empty for none
   * @param left how many there are with it
   */
  record Page(
      String path,
      String madeFrom,
      String sha256,
      String base,
      String before,
      List<ShowPage.Sheet> sheets,
      String replace,
      String next,
      int left) {}

  @GetMapping
  ModelAndView look(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "") String next) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var unseen = layouts.unseen(draft.id());
    var path = "/contracts/" + id;
    if (unseen.isEmpty()) {
      return new ModelAndView("redirect:" + path + after(next));
    }
    var file = unseen.getFirst();
    var base = file.attachment().map(each -> path + "/files/" + each).orElse(path);
    return new ModelAndView(
            "contract/layout",
            "page",
            new Page(
                path + "/layout",
                file.madeFrom(),
                file.sha256().hex(),
                base,
                before(draft.id(), file.sha256()),
                ShowPage.Sheet.of(file.pages()),
                file.attachment().isPresent() ? base : path + "/document",
                next,
                unseen.size()))
        .addObject("crumbs", ShowController.crumbs(words, draft.title(), path));
  }

  private String before(ContractId id, Sha256 file) {
    return archival
        .of(id, file)
        .flatMap(Archival.Checked::before)
        .flatMap(digest ->
            attachments.of(id).attachments().stream()
                .filter(each -> each.sha256().equals(digest))
                .findFirst())
        .map(each -> "/contracts/" + id + "/files/" + each.id())
        .orElse("");
  }

  /** The digest says at which file somebody looked, should another have come in its place. */
  @PostMapping
  String seen(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String document,
      @RequestParam(defaultValue = "") String next,
      HttpServletRequest request) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    layouts.unseen(draft.id()).stream()
        .map(Layouts.Unseen::sha256)
        .filter(each -> each.hex().equals(document))
        .forEach(each -> layouts.seen(draft.id(), each, clerk, request.getRemoteAddr()));
    return "redirect:/contracts/"
        + id
        + "/layout"
        + (after(next).equals("/files") ? "?next=files" : "");
  }

  /** Where the way goes on: to the attachments for who asked for them. */
  private static String after(String next) {
    return next.equals("files") ? "/files" : "/parties";
  }
}

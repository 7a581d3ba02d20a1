package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Archival;
import jp.musubi.contract.ArchivalConversion;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** PDF/Aの確認と変換: what a draft's document is, and making PDF/A of it. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/archival")
class ArchivalController {
  private final Contracts contracts;
  private final Attachments attachments;
  private final Archival archival;
  private final ArchivalConversion conversion;
  private final ArchivalWords said;
  private final Words words;

  ArchivalController(
      Contracts contracts,
      Attachments attachments,
      Archival archival,
      ArchivalConversion conversion,
      ArchivalWords said,
      Words words) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.archival = archival;
    this.conversion = conversion;
    this.said = said;
    this.words = words;
  }

  /**
   * The page.
   *
   * @param refused message key of why nothing was converted; empty for no such thing
   * @param convertible whether the document is none yet
   * @param offered whether anything is converted here
   * @param whole what was found of it and all that is bound to it; null while it is alone
   */
  record Page(
      String path,
      String contract,
      String fileName,
      ArchivalWords.Said said,
      String refused,
      boolean convertible,
      boolean offered,
      ArchivalWords.@Nullable Said whole) {}

  @GetMapping
  ModelAndView look(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    return page(new ContractId(id), "");
  }

  @PostMapping("/check")
  String check(@PathVariable UUID id, @CurrentStaff StaffMember clerk, HttpServletRequest request) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    conversion.check(draft.id(), new Attachments.By(clerk, request.getRemoteAddr()));
    return "redirect:/contracts/" + id + "/archival";
  }

  @PostMapping("/conversion")
  ModelAndView convert(
      @PathVariable UUID id, @CurrentStaff StaffMember clerk, HttpServletRequest request) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var refused =
        conversion.convert(draft.id(), new Attachments.By(clerk, request.getRemoteAddr()));
    if (refused.isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id + "/layout");
    }
    var page = page(draft.id(), "archival.refused." + refused.get());
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private Optional<Archival.Checked> whole(Particulars draft) {
    return draft.prepared().flatMap(file -> archival.of(draft.id(), file));
  }

  private ModelAndView page(ContractId id, String refused) {
    var draft = Visitor.draft(contracts.get(id));
    var checked = archival.of(id, draft.document());
    var path = "/contracts/" + id;
    return new ModelAndView(
            "contract/archival",
            "page",
            new Page(
                path + "/archival",
                path,
                draft.fileName(),
                said.of(checked),
                refused,
                checked.filter(each -> each.report().conforms()).isEmpty(),
                conversion.isOffered(),
                attachments.of(id).isDocumentAlone() ? null : said.ofWhole(whole(draft))))
        .addObject("crumbs", ShowController.crumbs(words, draft.title(), path));
  }
}

package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Origins;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Crumb;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/**
 * 案件: a contract with its changes, 請書, corrections and papers of completion, and the files of all
 * of them, as far as the reader may know of them.
 */
@Controller
class CaseController {
  private final Contracts contracts;
  private final Origins origins;
  private final Attachments attachments;
  private final FamilyWords family;
  private final AttachmentWords files;
  private final Words words;

  CaseController(
      Contracts contracts,
      Origins origins,
      Attachments attachments,
      FamilyWords family,
      AttachmentWords files,
      Words words) {
    this.contracts = contracts;
    this.origins = origins;
    this.attachments = attachments;
    this.family = family;
    this.files = files;
    this.words = words;
  }

  /** The page. */
  record Page(List<Crumb> crumbs, List<Line> lines, List<Paper> papers) {}

  /** A contract of the case; {@code amount} and {@code day} may be empty. */
  record Line(FamilyWords.Member member, String amount, String day) {}

  /** A file that lies with one of them. */
  record Paper(String name, String path, String kind, String role, String number) {}

  @GetMapping("/contracts/{id}/case")
  @Needs(Act.SEE_CONTRACT)
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    var here = contracts.get(new ContractId(id));
    var lines = new ArrayList<Line>();
    var papers = new ArrayList<Paper>();
    for (var member : origins.family(here.id(), reader)) {
      family.paper(member).ifPresent(paper -> lines.add(new Line(paper, "", "")));
      lines.add(line(family.linked(member), member.contract()));
      papers.addAll(papers(member.contract()));
    }
    var crumbs =
        new ArrayList<>(ShowController.crumbs(words, here.title(), "/contracts/" + here.id()));
    crumbs.add(new Crumb(words.of("contract.case"), "/contracts/" + here.id() + "/case"));
    return new ModelAndView("contract/case", "page", new Page(crumbs, lines, papers));
  }

  private Line line(FamilyWords.Member member, Particulars contract) {
    return new Line(
        member,
        contract.amount().isPresent()
            ? words.of("contract.amount.yen", Yen.format(contract.amount().getAsLong()))
            : "",
        contract.contractDate().map(Words::day).orElse(""));
  }

  private List<Paper> papers(Particulars contract) {
    return attachments.of(contract.id()).attachments().stream()
        .map(file ->
            new Paper(
                file.name(),
                "/contracts/%s/files/%s".formatted(contract.id(), file.id()),
                files.kind(file),
                files.role(file),
                contract.number()))
        .toList();
  }
}

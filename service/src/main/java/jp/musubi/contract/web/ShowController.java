package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.web.Crumb;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A contract's page. */
@Controller
@Needs(Act.SEE_CONTRACT)
class ShowController {
  private static final String LOOK_AGAIN_SECONDS = "10";

  private final Contracts contracts;
  private final AuditTrail audit;
  private final ShowPages pages;
  private final Asides asides;
  private final Words words;

  ShowController(
      Contracts contracts, AuditTrail audit, ShowPages pages, Asides asides, Words words) {
    this.contracts = contracts;
    this.audit = audit;
    this.pages = pages;
    this.asides = asides;
    this.words = words;
  }

  @GetMapping("/contracts/{id}")
  String show(
      @PathVariable UUID id,
      @CurrentStaff StaffMember reader,
      HttpServletResponse response,
      Model model) {
    var contract = contracts.get(new ContractId(id));
    var page =
        pages.of(
            contract,
            contracts.agreements(contract.id()),
            audit.steps(contract.id().value()),
            reader);
    if (page.working()) {
      // As <meta http-equiv="refresh"> does, without a script; only while there is news to wait
      // for.
      response.setHeader("Refresh", LOOK_AGAIN_SECONDS);
    }
    model.addAttribute("page", page);
    model.addAttribute("notes", asides.of(contract, reader));
    model.addAttribute("crumbs", crumbs(words, contract.title(), "/contracts/" + id));
    return "contract/show";
  }

  /** The way to a contract's page. */
  static List<Crumb> crumbs(Words words, String title, String path) {
    return List.of(
        new Crumb(words.of("contract.crumb.home"), "/"),
        new Crumb(words.of("contract.list.heading"), "/contracts"),
        new Crumb(title, path));
  }
}

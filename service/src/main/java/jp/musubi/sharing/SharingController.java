package jp.musubi.sharing;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.organisation.Section;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 共有先を決める, until the contract has ended. */
@Controller
@RequestMapping("/contracts/{id}/sharing")
@Needs(Act.HANDLE_CONTRACT)
class SharingController {
  private final Sharing sharing;
  private final Contracts contracts;
  private final Book book;

  SharingController(Sharing sharing, Contracts contracts, Book book) {
    this.sharing = sharing;
    this.contracts = contracts;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param many whether more were chosen than may be
   */
  record Page(List<Crumb> crumbs, String path, boolean many, List<Choice> choices) {}

  /** A section to choose. */
  record Choice(UUID id, String name, String mail, boolean chosen) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    var contract = open(id);
    return page(
        contract,
        sharing.of(contract.id()).stream().map(Section::id).collect(Collectors.toSet()),
        false);
  }

  @PostMapping
  ModelAndView change(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable List<String> section,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    var contract = open(id);
    var typed = section == null ? Set.<String>of() : new HashSet<>(section);
    // What is no section with a mailbox was never offered.
    var chosen =
        sharing.choices().stream()
            .map(Section::id)
            .filter(each -> typed.contains(each.toString()))
            .collect(Collectors.toSet());
    if (chosen.size() > Sharing.MOST) {
      return page(contract, chosen, true);
    }
    sharing.change(contract.id(), chosen, clerk.actor(), request.getRemoteAddr());
    return new ModelAndView("redirect:/contracts/" + id);
  }

  private Particulars open(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (contract.concludedAt().isPresent() || contract.endedAt().isPresent()) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    return contract;
  }

  private ModelAndView page(Particulars contract, Set<UUID> chosen, boolean many) {
    var path = "/contracts/" + contract.id();
    var page =
        new ModelAndView(
            "sharing/choose",
            "page",
            new Page(
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("contract.list.heading", "/contracts"),
                    new Crumb(contract.title(), path),
                    book.crumb("sharing.heading", path + "/sharing")),
                path,
                many,
                sharing.choices().stream()
                    .map(each ->
                        new Choice(
                            each.id(),
                            each.name(),
                            String.valueOf(each.mail()),
                            chosen.contains(each.id())))
                    .toList()));
    page.setStatus(many ? HttpStatus.UNPROCESSABLE_CONTENT : HttpStatus.OK);
    return page;
  }
}

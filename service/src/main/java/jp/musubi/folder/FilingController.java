package jp.musubi.folder;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractSearch;
import jp.musubi.contract.Contracts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** フォルダとその中の契約を見る、契約を移す. */
@Controller
class FilingController {
  private final FolderPages pages;
  private final Filing filing;
  private final Places places;
  private final Contracts contracts;
  private final Organisations organisations;
  private final Book book;

  FilingController(
      FolderPages pages,
      Filing filing,
      Places places,
      Contracts contracts,
      Organisations organisations,
      Book book) {
    this.pages = pages;
    this.filing = filing;
    this.places = places;
    this.contracts = contracts;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping("/folders")
  @Needs(Act.LIST_CONTRACTS)
  ModelAndView all(@CurrentStaff StaffMember reader) {
    return new ModelAndView("folder/list", "page", pages.tree(reader));
  }

  @GetMapping("/folders/unfiled")
  @Needs(Act.LIST_CONTRACTS)
  ModelAndView unfiled(
      @RequestParam(required = false) @Nullable String after, @CurrentStaff StaffMember reader) {
    return pages.show(null, reader, cursor(after));
  }

  @GetMapping("/folders/{folder}")
  @Needs(Act.LIST_CONTRACTS)
  ModelAndView show(
      @PathVariable UUID folder,
      @RequestParam(required = false) @Nullable String after,
      @CurrentStaff StaffMember reader) {
    return pages.show(folder, reader, cursor(after));
  }

  /** Several at once: all that are ticked, or none. */
  @PostMapping("/folders/filing")
  @Needs(Act.FILE_CONTRACTS)
  ModelAndView file(
      @RequestParam(required = false) @Nullable List<UUID> contract,
      @RequestParam(required = false) @Nullable String here,
      @RequestParam(required = false) @Nullable String to,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    var from = Places.folder(here);
    var back =
        new ModelAndView("redirect:" + (from == null ? "/folders/unfiled" : "/folders/" + from));
    if (contract == null) {
      return back;
    }
    return switch (filing.file(
        new HashSet<>(contract), Places.folder(to), clerk, request.getRemoteAddr())) {
      case Filing.Outcome.Done _ -> back;
      case Filing.Outcome.Refused(var reason) -> pages.refused(from, clerk, reason);
    };
  }

  @GetMapping("/contracts/{id}/folder")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView ask(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    return form(id, filing.of(id).map(UUID::toString).orElse(""), clerk, null);
  }

  @PostMapping("/contracts/{id}/folder")
  @Needs(Act.HANDLE_CONTRACT)
  ModelAndView put(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable String to,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    return switch (filing.file(Set.of(id), Places.folder(to), clerk, request.getRemoteAddr())) {
      case Filing.Outcome.Done _ -> new ModelAndView("redirect:/contracts/" + id);
      case Filing.Outcome.Refused(var reason) -> form(id, to, clerk, reason);
    };
  }

  private ModelAndView form(
      UUID id, @Nullable String to, StaffMember clerk, @Nullable FolderRefusal refusal) {
    var contract = contracts.get(new ContractId(id));
    var path = "/contracts/" + id;
    var cabinets = organisations.pathOf(contract.sectionId());
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("folder.file.heading"),
                    List.of(
                        book.crumb("contract.crumb.home", "/"),
                        book.crumb("contract.list.heading", "/contracts"),
                        new Crumb(contract.title(), path),
                        book.crumb("folder.file.heading", path + "/folder")),
                    path + "/folder",
                    List.of(
                        Field.optional("to", "folder.file.to")
                            .hinted("folder.file.hint")
                            .offering(
                                places.ofContracts(
                                    clerk, book.of("folder.unfiled"), cabinets::contains))
                            .with(to)),
                    "folder.file.submit",
                    path)
                .led(Text.of("folder.file.lead", contract.title()))
                .refused(refusal == null ? null : Text.of("folder.refusal." + refusal)));
    page.setStatus(refusal == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private static ContractSearch.@Nullable Cursor cursor(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var parts = text.split("_", 2);
    try {
      return new ContractSearch.Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new NotFound("page of a folder after " + text);
    }
  }
}

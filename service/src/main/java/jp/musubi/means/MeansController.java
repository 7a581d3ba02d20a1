package jp.musubi.means;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** What a contract's counterparties have registered, and its end when somebody has lost it. */
@Controller
@RequestMapping("/contracts/{id}/means")
@Needs(Act.HANDLE_CONTRACT)
class MeansController {
  private static final int LONGEST = 300;

  private final RegisteredMeans means;
  private final Contracts contracts;
  private final Book book;

  MeansController(RegisteredMeans means, Contracts contracts, Book book) {
    this.means = means;
    this.contracts = contracts;
    this.book = book;
  }

  /** The page. */
  record Page(List<Crumb> crumbs, String path, List<Line> lines) {}

  /**
   * One means.
   *
   * @param kind message key
   * @param used when last; empty if never since
   * @param external of an 外部のID: where, and who as was said there
   */
  record Line(
      UUID id,
      String kind,
      String holder,
      String mail,
      String registered,
      String expires,
      String used,
      List<Text> external,
      Field reason) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID id) {
    return page(contracts.get(new ContractId(id)), Map.of(), Map.of());
  }

  /** 「使えなくする」. */
  @PostMapping
  ModelAndView end(
      @PathVariable UUID id,
      @RequestParam UUID ended,
      @RequestParam Map<String, String> typed,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request) {
    var contract = contracts.get(new ContractId(id));
    var found =
        means.live(MeansNotes.mails(contract)).stream()
            .filter(each -> each.id().equals(ended))
            .findFirst();
    if (found.isEmpty()) {
      // Somebody else was faster, or it is none of this contract's.
      return new ModelAndView("redirect:/contracts/" + id + "/means");
    }
    var name = "reason-" + ended;
    var reader = new FormReader();
    var reason = reader.line(name, typed.get(name), LONGEST, true);
    if (!reader.wrong().isEmpty()) {
      return page(contract, typed, reader.wrong());
    }
    means.end(found.get(), contract.id(), reason, clerk, request.getRemoteAddr());
    return new ModelAndView("redirect:/contracts/" + id + "/invitation");
  }

  private ModelAndView page(
      Particulars contract, Map<String, String> typed, Map<String, Text> wrong) {
    var path = "/contracts/" + contract.id();
    var page =
        new ModelAndView(
            "means/list",
            "page",
            new Page(
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("contract.list.heading", "/contracts"),
                    new Crumb(contract.title(), path),
                    book.crumb("means.heading", path + "/means")),
                path,
                means.live(MeansNotes.mails(contract)).stream()
                    .map(each -> line(each, typed, wrong))
                    .toList()));
    page.setStatus(wrong.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private List<Text> external(Means each) {
    if (each.kind() != Means.Kind.EXTERNAL_ID) {
      return List.of();
    }
    var unsaid = book.of("means.external.unsaid");
    return List.of(
        each.external()
            .map(where ->
                Text.of(
                    "means.external",
                    where.provider().name(),
                    where.name().isEmpty() ? unsaid : where.name(),
                    where.number().isEmpty() ? unsaid : where.number()))
            .orElse(Text.of("means.external.gone")));
  }

  private Line line(Means each, Map<String, String> typed, Map<String, Text> wrong) {
    var name = "reason-" + each.id();
    return new Line(
        each.id(),
        "means.kind." + each.kind(),
        each.holder(),
        each.mail(),
        JapaneseDates.time(each.registeredAt()),
        JapaneseDates.date(each.expiresAt()),
        each.usedAt().map(JapaneseDates::time).orElse(""),
        external(each),
        Field.required(name, "means.reason")
            .hinted("means.reason.hint")
            .with(typed.get(name))
            .wrong(wrong.get(name)));
  }
}

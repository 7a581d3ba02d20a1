package jp.musubi.recipient;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
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
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 受取人を決める, and see who has taken the document. */
@Controller
@RequestMapping("/contracts/{id}/recipients")
@Needs(Act.HANDLE_CONTRACT)
class RecipientController {
  private static final int NAME_LENGTH = 50;
  private static final int ORGANISATION_LENGTH = 100;

  private final Recipients recipients;
  private final Contracts contracts;
  private final Book book;

  RecipientController(Recipients recipients, Contracts contracts, Book book) {
    this.recipients = recipients;
    this.contracts = contracts;
    this.book = book;
  }

  @GetMapping
  ModelAndView list(@PathVariable UUID id) {
    return new ModelAndView("web/sheet", "page", sheet(contracts.get(new ContractId(id))));
  }

  private Sheet sheet(Particulars contract) {
    var open =
        contract.endedAt().isEmpty() && !contract.isDisposed() && !contract.wasConcludedElsewhere();
    var rows =
        recipients.of(contract.id()).stream().map(each -> row(contract, each, open)).toList();
    return Sheet.of(book.of("recipient.heading"), crumbs(contract))
        .led(Text.of("recipient.lead", String.valueOf(Recipients.VALID.toDays())))
        .doing(steps(contract, open && rows.size() < Recipient.MOST))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("recipient.heading"),
                    List.of(
                        "recipient.who", "recipient.mail", "recipient.standing", "recipient.steps"),
                    rows,
                    "recipient.none")));
  }

  private static List<Sheet.Action> steps(Particulars contract, boolean more) {
    var steps = new ArrayList<Sheet.Action>();
    if (more) {
      steps.add(Sheet.Action.first("recipient.add", path(contract) + "/new"));
    }
    if (contract.state().equals("DRAFT")) {
      steps.add(
          Sheet.Action.link("recipient.review", "/contracts/%s/review".formatted(contract.id())));
    }
    return steps;
  }

  private List<Sheet.Cell> row(Particulars contract, Recipient recipient, boolean open) {
    var standing = recipient.standing(recipients.now());
    var path = path(contract) + "/" + recipient.id();
    var step =
        switch (standing) {
          case WAITING -> Sheet.Action.press("recipient.remove", path + "/remove", Map.of());
          case SENT, LAPSED, RECEIVED ->
              Sheet.Action.press("recipient.again", path + "/again", Map.of());
        };
    return List.of(
        Sheet.Cell.of(recipient.entered().name()).noted(recipient.entered().organisation()),
        Sheet.Cell.of(recipient.entered().mail()),
        Sheet.Cell.of(book.of("recipient.standing." + standing)).noted(since(recipient)),
        open ? Sheet.Cell.of(step) : Sheet.Cell.of(""));
  }

  private @Nullable String since(Recipient recipient) {
    return recipient
        .receipt()
        .map(receipt -> book.of("recipient.at.received", JapaneseDates.time(receipt.at())))
        .or(() ->
            recipient
                .link()
                .map(link -> book.of("recipient.at.until", JapaneseDates.time(link.expiresAt()))))
        .orElse(null);
  }

  @GetMapping("/new")
  ModelAndView ask(@PathVariable UUID id) {
    var contract = recipients.open(new ContractId(id));
    return form(contract, new Typed("", "", ""), Map.of(), null, HttpStatus.OK);
  }

  /** Who it is, as typed. */
  record Typed(String organisation, String name, String mail) {
    Recipient.Entered read(FormReader reader) {
      return new Recipient.Entered(
          reader.line("organisation", organisation, ORGANISATION_LENGTH, false),
          reader.line("name", name, NAME_LENGTH, true),
          reader.mail("mail", mail));
    }

    List<Field> fields(Map<String, Text> wrong) {
      return List.of(
          Field.optional("organisation", "recipient.organisation")
              .hinted("recipient.organisation.hint")
              .with(organisation)
              .wrong(wrong.get("organisation")),
          Field.required("name", "recipient.name").with(name).wrong(wrong.get("name")),
          Field.required("mail", "recipient.mail")
              .hinted("recipient.mail.hint")
              .drawn(Field.Look.MAIL)
              .with(mail)
              .wrong(wrong.get("mail")));
    }
  }

  @PostMapping
  ModelAndView add(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "") String organisation,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String mail,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = recipients.open(new ContractId(id));
    var typed = new Typed(organisation, name, mail);
    var reader = new FormReader();
    var entered = typed.read(reader);
    if (!reader.wrong().isEmpty()) {
      return form(contract, typed, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return switch (recipients.add(contract.id(), entered, clerk.actor(), request.getRemoteAddr())) {
      case ADDED -> {
        flash.addFlashAttribute("done", "recipient.added");
        yield back(contract);
      }
      case TWICE ->
          form(
              contract,
              typed,
              Map.of(),
              Text.of("recipient.twice", entered.mail()),
              HttpStatus.CONFLICT);
      case FULL ->
          form(
              contract,
              typed,
              Map.of(),
              Text.of("recipient.full", String.valueOf(Recipient.MOST)),
              HttpStatus.CONFLICT);
    };
  }

  @PostMapping("/{recipient}/remove")
  ModelAndView remove(
      @PathVariable UUID id,
      @PathVariable UUID recipient,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = recipients.open(new ContractId(id));
    recipients.remove(contract.id(), recipient, clerk.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "recipient.removed");
    return back(contract);
  }

  /** 「もう一度送る」. */
  @PostMapping("/{recipient}/again")
  ModelAndView again(
      @PathVariable UUID id,
      @PathVariable UUID recipient,
      @CurrentStaff StaffMember clerk,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var contract = recipients.open(new ContractId(id));
    recipients.again(contract.id(), recipient, clerk.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "recipient.sentAgain");
    return back(contract);
  }

  private ModelAndView form(
      Particulars contract,
      Typed typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var path = path(contract);
    var crumbs = new ArrayList<>(crumbs(contract));
    crumbs.add(book.crumb("recipient.add", path + "/new"));
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of("recipient.add"),
                    crumbs,
                    path,
                    typed.fields(wrong),
                    "recipient.add.submit",
                    path)
                .led(
                    Text.of(
                        contract.state().equals("CONCLUDED")
                            ? "recipient.add.lead.now"
                            : "recipient.add.lead"))
                .refused(refusal));
    page.setStatus(status);
    return page;
  }

  private List<Crumb> crumbs(Particulars contract) {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("contract.list.heading", "/contracts"),
        new Crumb(contract.title(), "/contracts/" + contract.id()),
        book.crumb("recipient.heading", path(contract)));
  }

  private static String path(Particulars contract) {
    return "/contracts/%s/recipients".formatted(contract.id());
  }

  private static ModelAndView back(Particulars contract) {
    return new ModelAndView("redirect:" + path(contract));
  }
}

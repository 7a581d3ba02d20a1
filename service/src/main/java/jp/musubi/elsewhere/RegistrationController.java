package jp.musubi.elsewhere;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import jp.musubi.verification.Judgements;
import jp.musubi.verification.SignatureSheet;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** 他社サービスで締結した契約を登録する, step 2: what the file is worth, and of which contract it is. */
@Controller
@Needs(Act.MAKE_CONTRACT)
@RequestMapping("/elsewhere/{upload}")
class RegistrationController {
  private final Receiving receiving;
  private final Judgements judgements;
  private final Organisations organisations;
  private final Book book;

  RegistrationController(
      Receiving receiving, Judgements judgements, Organisations organisations, Book book) {
    this.receiving = receiving;
    this.judgements = judgements;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param standing SIGNED, UNPROVEN or COPY: how it would be registered
   * @param alike numbers of contracts with the same file
   */
  record Page(
      List<Crumb> crumbs,
      String path,
      String standing,
      String tone,
      String alike,
      List<Fact> facts,
      SignatureSheet result,
      List<Field> fields) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID upload, @CurrentStaff StaffMember clerk) {
    var waiting = waiting(upload, clerk);
    return page(waiting, RegistrationForm.of(waiting), Map.of(), clerk);
  }

  @PostMapping("/registration")
  ModelAndView register(
      @PathVariable UUID upload,
      @CurrentStaff StaffMember clerk,
      RegistrationForm typed,
      HttpServletRequest request) {
    var waiting = waiting(upload, clerk);
    var reader = new FormReader();
    var told = typed.read(reader, waiting, organisations.today());
    if (told.isEmpty()) {
      var page = page(waiting, typed, reader.wrong(), clerk);
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    var contract =
        receiving
            .register(upload, told.get(), clerk, request.getRemoteAddr())
            .orElseThrow(() -> gone(upload));
    return new ModelAndView("redirect:/contracts/" + contract);
  }

  @PostMapping("/removal")
  String giveUp(
      @PathVariable UUID upload, @CurrentStaff StaffMember clerk, HttpServletRequest request) {
    receiving.giveUp(waiting(upload, clerk).id(), clerk, request.getRemoteAddr());
    return "redirect:/elsewhere/new";
  }

  private Upload waiting(UUID upload, StaffMember clerk) {
    return receiving.waiting(upload, clerk).orElseThrow(() -> gone(upload));
  }

  private static NotFound gone(UUID upload) {
    return new NotFound("file from elsewhere " + upload);
  }

  private ModelAndView page(
      Upload upload, RegistrationForm typed, Map<String, Text> wrong, StaffMember clerk) {
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("elsewhere.service", upload.service()));
    facts.add(
        new Fact("contract.file", upload.fileName(), book.of("contract.pages", upload.pages())));
    facts.add(
        Fact.of(
            "elsewhere.concludedAt",
            Standing.concludedAt(upload.report())
                .map(JapaneseDates::time)
                .orElseGet(() -> book.of("elsewhere.unknown"))));
    facts.add(
        Fact.of(
            "elsewhere.until",
            Standing.verifiableUntil(upload.report())
                .map(JapaneseDates::date)
                .orElseGet(() -> book.of("elsewhere.unknown"))));
    return new ModelAndView(
        "elsewhere/register",
        "page",
        new Page(
            List.of(
                book.crumb("contract.crumb.home", "/"),
                book.crumb("contract.list.heading", "/contracts"),
                book.crumb("elsewhere.heading", "/elsewhere/new")),
            "/elsewhere/" + upload.id(),
            upload.standing().name(),
            upload.standing() == Standing.SIGNED ? "success" : "warning",
            String.join("、", receiving.alike(upload, Authorisation.reach(clerk, Act.SEE_CONTRACT))),
            facts,
            judgements.sheet(upload.report(), upload.judgedAt()),
            typed.fields(upload, wrong, book)));
  }
}

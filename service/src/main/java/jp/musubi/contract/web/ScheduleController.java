package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.Sending;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 予約送信: a reviewed draft is to leave at a moment; and how that is taken back. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/schedule")
class ScheduleController {
  private final Contracts contracts;
  private final Sending sending;
  private final FormKeys keys;
  private final Clock clock;
  private final Words words;

  ScheduleController(
      Contracts contracts, Sending sending, FormKeys keys, Clock clock, Words words) {
    this.contracts = contracts;
    this.sending = sending;
    this.keys = keys;
    this.clock = clock;
    this.words = words;
  }

  /**
   * The page that asks when.
   *
   * @param reviewed what the sender looked at on the page before
   * @param document digest of the bytes in it
   */
  record Asking(
      String path,
      String title,
      String deadline,
      Sending.Reviewed reviewed,
      String document,
      List<Field> fields) {

    /** The field of that name. */
    public Field field(String name) {
      return FormPage.field(fields, name);
    }
  }

  /** The page of what is scheduled. */
  record Scheduled(String path, String title, String releaseAt, String key) {}

  @GetMapping
  ModelAndView ask(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestParam(required = false) @Nullable String document) {
    var contract = contracts.get(new ContractId(id));
    if (contract.releaseAt().isPresent()) {
      var path = "/contracts/" + id;
      return page(
          "contract/scheduled",
          new Scheduled(
              path, contract.title(), Words.moment(contract.releaseAt().get()), keys.next()),
          contract);
    }
    Visitor.draft(contract);
    if (version == null || document == null || contract.deadline().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id + "/review");
    }
    return asking(
        contract,
        new Sending.Reviewed(keys.next(), keys.next(), version, Sha256.parse(document)),
        new ScheduleForm("", "9:00"),
        Map.of());
  }

  @PostMapping
  ModelAndView schedule(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @AuthenticationPrincipal SignedInStaff person,
      ScheduleForm form,
      @RequestParam String idempotencyKey,
      @RequestParam String seed,
      @RequestParam int version,
      @RequestParam String document,
      HttpServletRequest request) {
    var contract = contracts.get(new ContractId(id));
    var reviewed = new Sending.Reviewed(idempotencyKey, seed, version, Sha256.parse(document));
    var reader = new FormReader();
    var deadline =
        contract
            .deadline()
            .orElseThrow(() -> new StepRefused(new Refusal.NotInThisState(contract.state())));
    var moment = form.read(reader, clock.instant(), deadline);
    if (moment.isEmpty()) {
      var page = asking(contract, reviewed, form, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    var codes =
        sending.schedule(
            contract.id(),
            reviewed,
            moment.get(),
            clerk,
            Visitor.manner(request, Visitor.entered(person), words.of("contract.schedule.submit")));
    return CodePage.answer("contract.schedule.done", codes, "/contracts/" + id);
  }

  @PostMapping("/cancellation")
  ModelAndView cancel(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      HttpServletRequest request) {
    sending.unschedule(
        new ContractId(id),
        idempotencyKey,
        clerk,
        Visitor.manner(
            request, Visitor.entered(person), words.of("contract.schedule.cancel.submit")));
    return new ModelAndView("redirect:/contracts/" + id);
  }

  private ModelAndView asking(
      Particulars contract, Sending.Reviewed reviewed, ScheduleForm form, Map<String, Text> wrong) {
    return page(
        "contract/schedule",
        new Asking(
            "/contracts/" + contract.id(),
            contract.title(),
            Words.moment(contract.deadline().orElseThrow()),
            reviewed,
            reviewed.document().hex(),
            form.fields(wrong)),
        contract);
  }

  private ModelAndView page(String view, Object page, Particulars contract) {
    return new ModelAndView(view)
        .addObject("page", page)
        .addObject(
            "crumbs",
            ShowController.crumbs(words, contract.title(), "/contracts/" + contract.id()));
  }
}

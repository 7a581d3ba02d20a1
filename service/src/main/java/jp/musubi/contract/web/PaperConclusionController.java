package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.PaperConclusion;
import jp.musubi.contract.PaperConclusions;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
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
import org.springframework.web.servlet.ModelAndView;

/** 紙での締結を記録する: what became of a contract that was moved to paper. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/paper-conclusion")
class PaperConclusionController {
  private static final int LONGEST_PLACE = 100;

  private final Contracts contracts;
  private final PaperConclusions conclusions;
  private final Organisations organisations;
  private final FormKeys keys;
  private final Words words;

  PaperConclusionController(
      Contracts contracts,
      PaperConclusions conclusions,
      Organisations organisations,
      FormKeys keys,
      Words words) {
    this.contracts = contracts;
    this.conclusions = conclusions;
    this.organisations = organisations;
    this.keys = keys;
    this.words = words;
  }

  /** The form as typed. */
  record Typed(
      @Nullable String concludedOn, @Nullable String keptAt, @Nullable String idempotencyKey) {

    Optional<PaperConclusion> read(FormReader reader, LocalDate today) {
      if (concludedOn == null || concludedOn.isBlank()) {
        reader.reject("concludedOn", "web.wrong.empty");
      }
      var day = reader.day("concludedOn", concludedOn);
      if (day.filter(on -> on.isAfter(today)).isPresent()) {
        reader.reject("concludedOn", "contract.paperConclusion.wrong.future");
      }
      var place = reader.line("keptAt", keptAt, LONGEST_PLACE, false);
      return reader.wrong().isEmpty()
          ? day.map(on -> new PaperConclusion(on, place))
          : Optional.empty();
    }
  }

  @GetMapping
  ModelAndView form(@PathVariable UUID id) {
    var contract = onPaper(id);
    var said = conclusions.of(contract.id());
    return page(
        contract,
        new Typed(
            said.map(paper -> Words.day(paper.on())).orElse(""),
            said.map(PaperConclusion::keptAt).orElse(""),
            keys.next()),
        Map.of());
  }

  @PostMapping
  ModelAndView save(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      Typed typed,
      HttpServletRequest request) {
    var contract = onPaper(id);
    var reader = new FormReader();
    var paper = typed.read(reader, organisations.today());
    if (paper.isEmpty() || typed.idempotencyKey() == null) {
      var page = page(contract, typed, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    conclusions.record(
        contract.id(), paper.get(), typed.idempotencyKey(), clerk, request.getRemoteAddr());
    return new ModelAndView("redirect:/contracts/" + id);
  }

  private Particulars onPaper(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (!contract.state().equals("ON_PAPER")) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    return contract;
  }

  private ModelAndView page(Particulars contract, Typed typed, Map<String, Text> wrong) {
    var path = "/contracts/" + contract.id();
    return new ModelAndView(
        "web/form",
        "page",
        Form.of(
                words.of("contract.paperConclusion.heading", contract.title()),
                ShowController.crumbs(words, contract.title(), path),
                path + "/paper-conclusion",
                List.of(
                    Field.required("concludedOn", "contract.paperConclusion.day")
                        .hinted("contract.paperConclusion.day.hint")
                        .drawn(Form.DAY)
                        .with(typed.concludedOn())
                        .wrong(wrong.get("concludedOn")),
                    Field.optional("keptAt", "contract.paperConclusion.place")
                        .hinted("contract.paperConclusion.place.hint")
                        .with(typed.keptAt())
                        .wrong(wrong.get("keptAt")),
                    Field.optional("idempotencyKey", "contract.paperConclusion.heading")
                        .drawn(Form.HIDDEN)
                        .with(typed.idempotencyKey())),
                "contract.paperConclusion.submit",
                path)
            .led(Text.of("contract.paperConclusion.lead")));
  }
}

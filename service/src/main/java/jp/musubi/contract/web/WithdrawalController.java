package jp.musubi.contract.web;

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
import jp.musubi.contract.Party;
import jp.musubi.contract.Phase;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StaffSteps;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
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

/** 取消, and 紙へ切替: what it does to whom, why, and the deed. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping({"/contracts/{id}/withdrawal", "/contracts/{id}/paper"})
class WithdrawalController {
  private static final int REASON_LENGTH = 500;

  private final Contracts contracts;
  private final StaffSteps steps;
  private final FormKeys keys;
  private final Words words;

  WithdrawalController(Contracts contracts, StaffSteps steps, FormKeys keys, Words words) {
    this.contracts = contracts;
    this.steps = steps;
    this.keys = keys;
    this.words = words;
  }

  /**
   * The page that asks.
   *
   * @param words first part of the message keys
   * @param action where the form goes
   * @param effects what will happen to whom
   */
  record Page(
      String path,
      String words,
      String action,
      String title,
      String key,
      List<Text> effects,
      List<Field> fields) {

    /** The field of that name. */
    public Field field(String name) {
      return FormPage.field(fields, name);
    }
  }

  @GetMapping
  ModelAndView ask(
      @PathVariable UUID id, @CurrentStaff StaffMember clerk, HttpServletRequest request) {
    return page(contracts.get(new ContractId(id)), way(request), keys.next(), null, Map.of());
  }

  @PostMapping
  ModelAndView withdraw(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @AuthenticationPrincipal SignedInStaff person,
      @RequestParam String idempotencyKey,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request) {
    var way = way(request);
    var reader = new FormReader();
    var why = reader.lines("reason", reason, REASON_LENGTH);
    if (!reader.wrong().isEmpty()) {
      var page =
          page(contracts.get(new ContractId(id)), way, idempotencyKey, reason, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    var manner =
        Visitor.manner(
            request,
            Visitor.entered(person),
            words.of(words(way, phase(new ContractId(id))) + ".submit"));
    if (way.equals("paper")) {
      steps.moveToPaper(new ContractId(id), idempotencyKey, why, clerk, manner);
    } else {
      steps.withdraw(new ContractId(id), idempotencyKey, why, clerk, manner);
    }
    return new ModelAndView("redirect:/contracts/" + id);
  }

  /** The last part of the address says which it is. */
  private static String way(HttpServletRequest request) {
    return request.getRequestURI().endsWith("/paper") ? "paper" : "withdrawal";
  }

  private static String words(String way, Phase phase) {
    if (way.equals("paper")) {
      return "contract.paper";
    }
    return phase == Phase.DRAFT ? "contract.discard" : "contract.withdraw";
  }

  private Phase phase(ContractId id) {
    return Phase.of(contracts.get(id), contracts.agreements(id));
  }

  private ModelAndView page(
      Particulars contract,
      String way,
      String key,
      @Nullable String reason,
      Map<String, Text> wrong) {
    var phase = Phase.of(contract, contracts.agreements(contract.id()));
    if (!phase.isUnderWay() && phase != Phase.DRAFT) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    var words = words(way, phase);
    var effects = new ArrayList<Text>();
    if (phase.isUnderWay()) {
      for (var party : contract.parties(Party.Kind.COUNTERPARTY)) {
        effects.add(Text.of("contract.withdraw.effect.counterparty", party.signature()));
      }
      effects.add(Text.of("contract.withdraw.effect.seals"));
    }
    effects.add(Text.of(words + ".effect.record"));
    effects.add(Text.of(words + ".effect.final"));
    var path = "/contracts/" + contract.id();
    return new ModelAndView("contract/withdrawal")
        .addObject(
            "page",
            new Page(
                path,
                words,
                path + "/" + way,
                contract.title(),
                key,
                effects,
                List.of(
                    Field.required("reason", "contract.field.reason")
                        .hinted(words + ".reason.hint")
                        .with(reason)
                        .wrong(wrong.get("reason")))))
        .addObject("crumbs", ShowController.crumbs(this.words, contract.title(), path));
  }
}

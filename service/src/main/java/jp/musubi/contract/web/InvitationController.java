package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Party;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StaffSteps;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Field;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** リンクを出し直す, with a new access code if wished. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/invitation")
class InvitationController {
  private final Contracts contracts;
  private final StaffSteps steps;
  private final FormKeys keys;
  private final Words words;

  InvitationController(Contracts contracts, StaffSteps steps, FormKeys keys, Words words) {
    this.contracts = contracts;
    this.steps = steps;
    this.keys = keys;
    this.words = words;
  }

  /** The page that asks. */
  record Page(
      String path, String counterparty, String mail, String key, String seed, Field renew) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var contract = contracts.get(new ContractId(id));
    var parties = contract.parties(Party.Kind.COUNTERPARTY);
    if (parties.isEmpty() || !contracts.isTurnOf(parties.getFirst().id(), contract.id())) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    var party = parties.getFirst();
    var path = "/contracts/" + id;
    return new ModelAndView("contract/invitation")
        .addObject(
            "page",
            new Page(
                path,
                party.signature(),
                party.mail() == null ? "" : party.mail(),
                keys.next(),
                keys.next(),
                Field.optional("renew", "contract.field.renew")
                    .hinted("contract.field.renew.hint")))
        .addObject("crumbs", ShowController.crumbs(words, contract.title(), path));
  }

  @PostMapping
  ModelAndView reissue(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam String idempotencyKey,
      @RequestParam String seed,
      @RequestParam(defaultValue = "false") boolean renew,
      HttpServletRequest request) {
    var contract = contracts.get(new ContractId(id));
    var code =
        steps.reissue(
            contract.id(),
            idempotencyKey,
            renew ? Optional.of(seed) : Optional.empty(),
            clerk,
            request.getRemoteAddr());
    var path = "/contracts/" + id;
    return code.map(c ->
            new ModelAndView(
                "contract/code",
                "page",
                new CodePage(
                    "contract.code.reissuedHeading",
                    contract.parties(Party.Kind.COUNTERPARTY).getFirst().signature(),
                    CodePage.grouped(c),
                    path)))
        .orElseGet(() -> new ModelAndView("redirect:" + path));
  }
}

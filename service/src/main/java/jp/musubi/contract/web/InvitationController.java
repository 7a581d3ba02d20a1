package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StaffSteps;
import jp.musubi.contract.StepRefused;
import jp.musubi.platform.web.Field;
import jp.musubi.staff.CurrentStaff;
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
  private final Drafts drafts;
  private final StaffSteps steps;
  private final FormKeys keys;
  private final Words words;

  InvitationController(
      Contracts contracts, Drafts drafts, StaffSteps steps, FormKeys keys, Words words) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.steps = steps;
    this.keys = keys;
    this.words = words;
  }

  /**
   * The page that asks.
   *
   * @param counterparties whose turn it is
   */
  record Page(String path, List<Addressee> counterparties) {}

  /** Whom a fresh link would go to. */
  record Addressee(UUID id, String name, String mail, String key, String seed, Field renew) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var contract = contracts.get(new ContractId(id));
    var awaited =
        contracts.awaited(contract.id()).stream()
            .filter(party -> party.kind() == Party.Kind.COUNTERPARTY)
            .map(party ->
                new Addressee(
                    party.id().value(),
                    party.signature(),
                    party.mail() == null ? "" : party.mail(),
                    keys.next(),
                    keys.next(),
                    renew(party)))
            .toList();
    if (awaited.isEmpty()) {
      throw new StepRefused(new Refusal.NotInThisState(contract.state()));
    }
    var path = "/contracts/" + id;
    return new ModelAndView("contract/invitation")
        .addObject("page", new Page(path, awaited))
        .addObject("crumbs", ShowController.crumbs(words, contract.title(), path));
  }

  private Field renew(Party party) {
    var label =
        drafts.identification(party.id()).way().isOneTime()
            ? "contract.field.restore"
            : "contract.field.renew";
    return Field.optional("renew", label).hinted(label + ".hint");
  }

  @PostMapping
  ModelAndView reissue(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam UUID party,
      @RequestParam String idempotencyKey,
      @RequestParam String seed,
      @RequestParam(defaultValue = "false") boolean renew,
      HttpServletRequest request) {
    var code =
        steps.reissue(
            new ContractId(id),
            new PartyId(party),
            idempotencyKey,
            renew ? Optional.of(seed) : Optional.empty(),
            clerk,
            request.getRemoteAddr());
    return CodePage.answer(
        "contract.code.reissuedHeading", code.stream().toList(), "/contracts/" + id);
  }
}

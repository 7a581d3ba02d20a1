package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.CouncilVotes;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import jp.musubi.organisation.Organisations;
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

/** 議会の議決を記録する: what becomes of a 仮契約. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/council-vote")
class CouncilVoteController {
  private final Contracts contracts;
  private final CouncilVotes votes;
  private final Organisations organisations;
  private final FormKeys keys;
  private final Words words;

  CouncilVoteController(
      Contracts contracts,
      CouncilVotes votes,
      Organisations organisations,
      FormKeys keys,
      Words words) {
    this.contracts = contracts;
    this.votes = votes;
    this.organisations = organisations;
    this.keys = keys;
    this.words = words;
  }

  /** The form. */
  record Page(String path, String title, String key, List<Field> fields) {

    /** The field of that name. */
    public Field field(String name) {
      return FormPage.field(fields, name);
    }
  }

  @GetMapping
  ModelAndView form(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var contract = contracts.get(new ContractId(id));
    var vote =
        votes
            .of(contract.id())
            .filter(_ -> contract.concludedAt().isPresent())
            .orElseThrow(() -> new StepRefused(new Refusal.NotInThisState(contract.state())));
    return page(contract, CouncilVoteForm.of(vote), keys.next(), Map.of());
  }

  @PostMapping
  ModelAndView save(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      CouncilVoteForm form,
      @RequestParam String idempotencyKey,
      HttpServletRequest request) {
    var contract = contracts.get(new ContractId(id));
    var reader = new FormReader();
    var vote = form.read(reader, organisations.today());
    if (vote.isEmpty()) {
      var page = page(contract, form, idempotencyKey, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    votes.record(contract.id(), vote.get(), idempotencyKey, clerk, request.getRemoteAddr());
    return new ModelAndView("redirect:/contracts/" + id);
  }

  private ModelAndView page(
      Particulars contract, CouncilVoteForm form, String key, Map<String, Text> wrong) {
    var path = "/contracts/" + contract.id();
    return new ModelAndView("contract/council-vote")
        .addObject("page", new Page(path, contract.title(), key, form.fields(wrong, words)))
        .addObject("crumbs", ShowController.crumbs(words, contract.title(), path));
  }
}

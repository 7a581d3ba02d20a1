package jp.musubi.contract.web;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.EligibilityRegister;
import jp.musubi.contract.FirstTermsRules;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.TermsPart;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 契約を作る, step 3: 契約情報. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/terms")
class TermsController {
  private final Contracts contracts;
  private final Drafts drafts;
  private final FirstTermsRules first;
  private final EligibilityRegister eligibility;
  private final List<TermsPart> parts;
  private final Words words;
  private final Clock clock;

  TermsController(
      Contracts contracts,
      Drafts drafts,
      FirstTermsRules first,
      EligibilityRegister eligibility,
      List<TermsPart> parts,
      Words words,
      Clock clock) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.first = first;
    this.eligibility = eligibility;
    this.parts = List.copyOf(parts);
    this.words = words;
    this.clock = clock;
  }

  /** What a part asks, below its heading. */
  record Group(String heading, List<Field> fields) {

    /** Whether somebody has to look: something is wanted, filled in or wrong. */
    public boolean open() {
      return fields.stream()
          .anyMatch(field ->
              field.required()
                  || field.error() != null
                  || !(field.value().isBlank() || field.value().equals("false")));
    }
  }

  @GetMapping
  ModelAndView form(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    if (draft.parties().isEmpty()) {
      return new ModelAndView("redirect:/contracts/" + id + "/parties");
    }
    return page(
        draft,
        TermsForm.of(draft, first.current(), clock.instant()),
        ClausesForm.of(eligibility.clauses(draft.id())),
        parts.stream().map(part -> new Group(part.heading(), part.fields(draft.id()))).toList(),
        Map.of());
  }

  @PostMapping
  ModelAndView save(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @ModelAttribute TermsForm form,
      @ModelAttribute ClausesForm wording,
      @RequestParam Map<String, String> typed) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var reader = new FormReader();
    var clauses = wording.read(reader);
    var terms = form.read(reader, clock.instant());
    var beside = parts.stream().map(part -> part.read(draft.id(), typed, reader)).toList();
    if (terms.isEmpty() || !reader.wrong().isEmpty()) {
      var groups = new ArrayList<Group>();
      for (var i = 0; i < beside.size(); i++) {
        groups.add(new Group(parts.get(i).heading(), beside.get(i).fields(reader.wrong())));
      }
      var page = page(draft, form, wording, groups, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    drafts.enterTerms(draft.id(), terms.get(), clauses, beside);
    return new ModelAndView("redirect:/contracts/" + id + "/review");
  }

  private ModelAndView page(
      Particulars draft,
      TermsForm form,
      ClausesForm wording,
      List<Group> groups,
      Map<String, Text> wrong) {
    var fields = new ArrayList<>(form.fields(wrong, words));
    fields.addAll(wording.fields(wrong, words));
    groups.forEach(group -> fields.addAll(group.fields()));
    return new ModelAndView(
            "contract/terms",
            "page",
            new FormPage(
                "/contracts/" + draft.id() + "/terms",
                "/contracts/" + draft.id() + "/parties",
                Making.at(2),
                fields))
        .addObject("groups", groups);
  }
}

package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Arrangement;
import jp.musubi.contract.Arrangements;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.IdentificationRegister;
import jp.musubi.contract.KnownCounterparties;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.PossibleWays;
import jp.musubi.contract.Preparing;
import jp.musubi.contract.ProposedCounterparty;
import jp.musubi.organisation.Office;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.PartyAnchors;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** 契約を作る, step 2: 当事者. */
@Controller
@Needs(Act.HANDLE_CONTRACT)
@RequestMapping("/contracts/{id}/parties")
class PartiesController {
  private static final Pattern REMOVE = Pattern.compile("remove-[1-9]\\d?");
  private static final String PICK = "pick-";
  private static final Pattern ACT = Pattern.compile("act-[1-9]\\d?");
  private static final String ARRANGE = "arrange";
  private static final int MOST_FOUND = 20;

  private final Contracts contracts;
  private final Drafts drafts;
  private final Preparing preparing;
  private final Organisations organisations;
  private final KnownCounterparties known;
  private final ProposedCounterparty proposed;
  private final PossibleWays ways;
  private final Arrangements arrangements;
  private final Mandates mandates;
  private final IdentificationRegister identification;
  private final PartyAnchors anchors;
  private final Words words;
  private final Clock clock;

  PartiesController(
      Contracts contracts,
      Drafts drafts,
      Preparing preparing,
      Organisations organisations,
      KnownCounterparties known,
      ProposedCounterparty proposed,
      PossibleWays ways,
      Arrangements arrangements,
      Mandates mandates,
      IdentificationRegister identification,
      PartyAnchors anchors,
      Words words,
      Clock clock) {
    this.contracts = contracts;
    this.drafts = drafts;
    this.preparing = preparing;
    this.organisations = organisations;
    this.known = known;
    this.proposed = proposed;
    this.ways = ways;
    this.arrangements = arrangements;
    this.mandates = mandates;
    this.identification = identification;
    this.anchors = anchors;
    this.words = words;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView form(@PathVariable UUID id, @CurrentStaff StaffMember clerk) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var offices = offices();
    var form =
        PartiesForm.of(
            draft,
            party -> drafts.identification(party.id()),
            offices,
            arrangements.chosenFor(draft.id()).map(Arrangement::id),
            mandates.chosenFor(draft.id()));
    return page(
        draft,
        draft.parties().isEmpty()
            ? proposed.of(draft.id()).map(form::withKnown).orElse(form)
            : form,
        offices,
        Map.of());
  }

  /**
   * Saves, or draws the form anew with a counterparty more or less, or with those whom the body
   * knows by the words, and keeps all that was typed.
   *
   * @param step {@code save}, {@code add}, {@code remove-} and the number of the counterparty,
   *     {@code act-} and its number for who acts for it by the chosen 委任, {@code search}, {@code
   *     pick-} and the key of one found; {@code arrange} for the arrangement chosen in the list;
   *     {@code enter} for the key that searches where words were typed and saves otherwise
   * @param sought what to look for among those whom the body knows
   */
  @PostMapping
  ModelAndView save(
      @PathVariable UUID id,
      @CurrentStaff StaffMember clerk,
      @RequestParam(defaultValue = "save") String step,
      @RequestParam(defaultValue = "") String sought,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request) {
    var draft = Visitor.draft(contracts.get(new ContractId(id)));
    var offices = offices();
    var form = PartiesForm.typed(typed);
    if (step.equals("add")) {
      return page(draft, form.withOneMore(), offices, Map.of());
    }
    if (REMOVE.matcher(step).matches()) {
      var number = Integer.parseInt(step.substring("remove-".length()));
      return page(draft, form.without(number), offices, Map.of());
    }
    if (step.equals("search") || (step.equals("enter") && !sought.isBlank())) {
      return page(draft, form, offices, Map.of())
          .addObject("sought", sought)
          .addObject("found", known.search(sought, MOST_FOUND));
    }
    if (ACT.matcher(step).matches()) {
      var number = Integer.parseInt(step.substring("act-".length()));
      return page(draft, acting(form, number), offices, Map.of());
    }
    if (step.startsWith(PICK)) {
      var picked = known.find(step.substring(PICK.length()));
      return page(draft, picked.map(form::withKnown).orElse(form), offices, Map.of());
    }
    if (step.equals(ARRANGE)) {
      return page(
          draft, form.arranged(chosen(draft, typed.get("arrangements"))), offices, Map.of());
    }
    var reader = new FormReader();
    var lineup =
        form.read(reader, offices, identification.current().least(draft), mandates::offered);
    if (lineup.isEmpty()) {
      var page = page(draft, form, offices, reader.wrong());
      page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
      return page;
    }
    drafts.enterParties(
        draft.id(),
        lineup.get(),
        chosen(draft, form.arrangement()).map(Arrangement::id),
        clerk,
        request.getRemoteAddr());
    preparing.prepare(draft.id());
    return new ModelAndView("redirect:/contracts/" + id + "/terms");
  }

  /** Nothing changes where none was chosen: the list of them is shown. */
  private PartiesForm acting(PartiesForm form, int number) {
    return number > form.counterparties().size()
        ? form
        : form.counterparties()
            .get(number - 1)
            .mandateKey()
            .flatMap(mandates::find)
            .map(offered -> form.withMandate(number, offered))
            .orElse(form);
  }

  /** What the form stands on: what may be chosen, or was chosen before and is offered no more. */
  private Optional<Arrangement> chosen(Particulars draft, @Nullable String key) {
    return Stream.concat(
            arrangements.offered(draft.kind()).stream(),
            arrangements.chosenFor(draft.id()).stream())
        .filter(each -> each.id().toString().equals(key))
        .findFirst();
  }

  private List<Office> offices() {
    return organisations.officesHeldOn(LocalDate.ofInstant(clock.instant(), Words.TOKYO));
  }

  private ModelAndView page(
      Particulars draft, PartiesForm form, List<Office> offices, Map<String, Text> wrong) {
    return new ModelAndView(
        "contract/parties",
        "page",
        PartiesPage.of(
            "/contracts/" + draft.id(),
            form,
            offices,
            wrong,
            new CounterpartyForm.Ways(
                ways.now(), identification.current().least(draft), anchors.isOn()),
            chosen(draft, form.arrangement()),
            arrangements.offered(draft.kind()),
            mandates::offered,
            words));
  }
}

package jp.musubi.mandate;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Mandates;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 契約に使う委任: what is chosen for a draft's parties, and what stands of it ever after. */
@Service
@Transactional(readOnly = true)
class ChosenMandates implements Mandates {
  private final MandateStore store;
  private final ChoiceStore choices;
  private final MandateWords words;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Book book;
  private final Clock clock;

  ChosenMandates(
      MandateStore store,
      ChoiceStore choices,
      MandateWords words,
      Organisations organisations,
      AuditTrail audit,
      Book book,
      Clock clock) {
    this.store = store;
    this.choices = choices;
    this.words = words;
    this.organisations = organisations;
    this.audit = audit;
    this.book = book;
    this.clock = clock;
  }

  @Override
  public List<Offered> offered(String organisation) {
    if (organisation.isBlank()) {
      return List.of();
    }
    var today = organisations.today();
    return store.ofOrganisation(organisation).stream()
        .filter(each -> each.isOpenOn(today))
        .map(this::offered)
        .toList();
  }

  @Override
  public Optional<Offered> find(UUID mandate) {
    return open(mandate).map(this::offered);
  }

  @Override
  public Map<Integer, UUID> chosenFor(ContractId contract) {
    return choices.of(contract).stream()
        .collect(
            Collectors.toUnmodifiableMap(
                ChoiceStore.Choice::ordinal, each -> each.as().own().id()));
  }

  @Override
  @Transactional(propagation = Propagation.MANDATORY)
  public void choose(
      ContractId draft, Map<Integer, UUID> chosen, StaffMember clerk, String clientIp) {
    var before = choices.of(draft);
    var after = new TreeMap<Integer, Mandate.Chain>();
    chosen.forEach((ordinal, id) -> after.put(ordinal, chain(id)));
    if (same(before, after)) {
      return;
    }
    choices.clear(draft);
    after.forEach((ordinal, chain) -> choices.insert(draft, ordinal, chain, clock.instant()));
    var details = new HashMap<String, String>();
    details.put(
        "mandates",
        after.entrySet().stream()
            .map(each ->
                "%d %s v%d %s"
                    .formatted(
                        each.getKey(),
                        each.getValue().own().id(),
                        each.getValue().own().version(),
                        each.getValue().own().said().paper().sha256().hex()))
            .collect(Collectors.joining(", ")));
    details.put(
        "party",
        after.values().stream()
            .map(each -> each.own().said().agent().printed())
            .collect(Collectors.joining("、")));
    audit.record(clerk.actor(), "mandate.chosen", draft.value(), clientIp, Map.copyOf(details));
  }

  @Override
  public List<Stated> statedOf(ContractId contract) {
    var stated = new ArrayList<Stated>();
    for (var choice : choices.of(contract)) {
      choice.as().links().forEach(link -> stated.add(stated(choice.ordinal(), link.said())));
    }
    return List.copyOf(stated);
  }

  private Stated stated(int ordinal, Mandate.Said said) {
    return new Stated(
        ordinal,
        said.principal().printed(),
        said.agent().printed(),
        words.scope(said.scope()),
        said.scope().from(),
        said.scope().until(),
        said.paper().number(),
        said.paper().on(),
        said.paper().name(),
        said.paper().bytes(),
        said.paper().sha256());
  }

  private static boolean same(List<ChoiceStore.Choice> before, Map<Integer, Mandate.Chain> after) {
    return before.size() == after.size()
        && before.stream().allMatch(each -> each.as().equals(after.get(each.ordinal())));
  }

  private Optional<Mandate> open(UUID id) {
    return store.find(id).filter(each -> each.isOpenOn(organisations.today()));
  }

  private Mandate.Chain chain(UUID id) {
    var own = open(id).orElseThrow(() -> new NotFound("mandate " + id));
    return new Mandate.Chain(own, own.parent().flatMap(store::find));
  }

  private Offered offered(Mandate mandate) {
    var said = mandate.said();
    return new Offered(
        mandate.id(),
        mandate.holder().name(),
        said.agent().position(),
        said.agent().name(),
        said.agent().mail(),
        book.of(
            mandate.isSubstitute() ? "mandate.offered.substitute" : "mandate.offered",
            said.agent().printed(),
            words.period(said.scope()),
            words.paper(said.paper())));
  }
}

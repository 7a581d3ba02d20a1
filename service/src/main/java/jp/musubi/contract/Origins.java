package jp.musubi.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Bearer;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.staff.StaffMember;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 契約どうしのつながり: what goes back to what, as far as a person may know of it. */
@Service
@Transactional
public class Origins {
  private final OriginStore origins;
  private final ContractStore contracts;
  private final Drafts drafts;
  private final ContractTargets targets;
  private final AuditTrail audit;

  Origins(
      OriginStore origins,
      ContractStore contracts,
      Drafts drafts,
      ContractTargets targets,
      AuditTrail audit) {
    this.origins = origins;
    this.contracts = contracts;
    this.drafts = drafts;
    this.targets = targets;
    this.audit = audit;
  }

  /** A contract of a family, and how it goes back to its own original. */
  public record Member(Particulars contract, Optional<Origin> origin) {}

  /** What the contract goes back to. */
  @Transactional(readOnly = true)
  public Optional<Origin> of(ContractId contract) {
    return origins.find(contract);
  }

  /** The same, unless it is a contract that the reader may not know of. */
  @Transactional(readOnly = true)
  public Optional<Origin> known(ContractId contract, Bearer reader) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    return origins
        .find(contract)
        .filter(origin ->
            !(origin instanceof Origin.Registered(_, var original))
                || reach.covers(targets.target(original.value())));
  }

  /**
   * The contract and all that are linked with it, the oldest first; none that is not to be seen.
   */
  @Transactional(readOnly = true)
  public List<Member> family(ContractId contract, Bearer reader) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    return reached(
        origins.family(contract).stream()
            .filter(each -> reach.covers(targets.target(each.value())))
            .map(each -> new Member(contracts.find(each).orElseThrow(), known(each, reader)))
            .toList(),
        contract);
  }

  /** Those that are linked without passing one that is not to be seen: who they are tells of it. */
  private static List<Member> reached(List<Member> members, ContractId from) {
    var reached = new HashSet<>(Set.of(from));
    for (var before = 0; before < reached.size(); ) {
      before = reached.size();
      for (var member : members) {
        if (member.origin().orElse(null) instanceof Origin.Registered(_, var original)
            && (reached.contains(original) || reached.contains(member.contract().id()))) {
          reached.add(original);
          reached.add(member.contract().id());
        }
      }
    }
    return members.stream().filter(each -> reached.contains(each.contract().id())).toList();
  }

  /** The contract of that 文書番号, if the reader may know of it. */
  @Transactional(readOnly = true)
  public Optional<Particulars> find(String number, Bearer reader) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    return origins
        .byNumber(number)
        .filter(each -> reach.covers(targets.target(each.value())))
        .flatMap(contracts::find);
  }

  /**
   * Says what a draft goes back to; empty for nothing.
   *
   * @throws StepRefused if it is no draft, or the original is none that can be gone back to so
   */
  public void set(ContractId draft, Optional<Origin> origin, StaffMember clerk, String clientIp) {
    drafts.hold(draft);
    drafts.mayBeChanged(draft);
    if (origin.isPresent() && origin.get() instanceof Origin.Registered(var how, var original)) {
      var state = contracts.find(original).orElseThrow().state();
      if (!how.suits(state) || original.equals(draft)) {
        throw new StepRefused(new Refusal.UnfitOriginal(how, state));
      }
    }
    origin.ifPresentOrElse(some -> origins.put(draft, some), () -> origins.remove(draft));
    audit.record(
        clerk.actor(),
        "contract.origin-set",
        draft.value(),
        clientIp,
        origin.map(Origins::told).orElseGet(() -> Map.of("origin", "none")));
  }

  private static Map<String, String> told(Origin origin) {
    return switch (origin) {
      case Origin.Registered(var relation, var original) ->
          Map.of("relation", relation.name(), "origin", original.toString());
      case Origin.Paper(var relation, var number, var title, _) ->
          Map.of("relation", relation.name(), "origin", (number + " " + title).strip());
    };
  }
}

package jp.musubi.contract.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Target;
import jp.musubi.contract.ContractSummary;
import jp.musubi.contract.Phase;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells a contract in one row: where it stands, and what this reader does next. */
@Component
class ContractLines {
  private static final Chip UNDER_APPROVAL =
      new Chip(Chip.Mood.ACTIVE, "check", "contract.phase.APPROVAL");

  private final Organisations organisations;
  private final Clock clock;
  private final Words words;

  ContractLines(Organisations organisations, Clock clock, Words words) {
    this.organisations = organisations;
    this.clock = clock;
    this.words = words;
  }

  List<ContractLine> of(List<ContractSummary> contracts, StaffMember reader) {
    var reach = Authorisation.reach(reader, Act.HANDLE_CONTRACT);
    var places = new HashMap<UUID, Boolean>();
    return contracts.stream()
        .map(contract ->
            of(
                contract,
                places.computeIfAbsent(
                    contract.section(),
                    section -> reach.covers(new Target(organisations.pathOf(section), Set.of())))))
        .toList();
  }

  /** Rows of contracts that wait for the reader's own signature. */
  List<ContractLine> toSign(List<ContractSummary> contracts) {
    return contracts.stream()
        .map(contract ->
            line(
                contract,
                Text.of(contract.sealPending() ? "contract.next.soon" : "contract.next.sign"),
                contract.sealPending() ? null : path(contract) + "/signature"))
        .toList();
  }

  private ContractLine of(ContractSummary contract, boolean clerk) {
    return switch (contract.phase()) {
      case DRAFT ->
          contract.underApproval()
              ? line(contract, Text.of("contract.next.approval"), path(contract) + "/approval")
              : clerk
                  ? line(contract, Text.of("contract.next.continue"), draftPath(contract))
                  : line(contract, Text.of("contract.next.clerk"), null);
      case SCHEDULED -> line(contract, Text.of("contract.next.leaves"), null);
      case COUNTERPARTY -> line(contract, Text.of("contract.next.counterparty"), null);
      case OFFICE -> line(contract, Text.of("contract.next.office"), null);
      case CONCLUDING -> line(contract, Text.of("contract.next.resumes"), null);
      case CONCLUDED, ELSEWHERE -> line(contract, Text.of("contract.next.file"), path(contract));
      case DECLINED, RETURNED -> line(contract, Text.of("contract.next.reason"), path(contract));
      case ON_PAPER -> line(contract, Text.of("contract.next.paper"), null);
      case WITHDRAWN, EXPIRED, DISPOSED -> line(contract, Text.of("contract.next.nothing"), null);
    };
  }

  private ContractLine line(ContractSummary contract, Text next, @Nullable String nextPath) {
    return new ContractLine(
        contract.phase() == Phase.DRAFT && !contract.underApproval()
            ? draftPath(contract)
            : path(contract),
        contract.number(),
        contract.title(),
        contract.counterparties() > 1
            ? words.of(
                "contract.counterparties", contract.counterparty(), contract.counterparties() - 1)
            : contract.counterparty(),
        words.yen(contract.amount()),
        contract.underApproval()
            ? UNDER_APPROVAL
            : chip(contract.phase(), contract.sealCause().isPresent()),
        note(contract),
        next,
        nextPath);
  }

  private @Nullable Text note(ContractSummary contract) {
    if (contract.sealCause().isPresent()) {
      return Text.of("contract.cause." + contract.sealCause().get());
    }
    return switch (contract.phase()) {
      case COUNTERPARTY, OFFICE ->
          contract.sealPending()
              ? Text.of("contract.note.sealing")
              : contract.deadline().map(this::deadline).orElse(null);
      case DECLINED, RETURNED, WITHDRAWN, ON_PAPER ->
          contract.endReason().map(reason -> Text.of("contract.note.reason", reason)).orElse(null);
      case SCHEDULED ->
          contract
              .releaseAt()
              .map(at -> Text.of("contract.note.leaves", Words.monthDayTime(at)))
              .orElse(null);
      case DRAFT, CONCLUDING, CONCLUDED, ELSEWHERE, DISPOSED, EXPIRED -> null;
    };
  }

  private Text deadline(Instant deadline) {
    var left = Duration.between(clock.instant(), deadline);
    var day = Words.monthDayTime(deadline);
    if (left.isNegative() || left.isZero()) {
      return Text.of("contract.note.deadlineCame", day);
    }
    return left.toDays() > 0
        ? Text.of("contract.note.daysLeft", day, String.valueOf(left.toDays()))
        : Text.of("contract.note.hoursLeft", day, String.valueOf(left.toHours()));
  }

  /** The state in one word. */
  static Chip chip(Phase phase, boolean waits) {
    var label = "contract.phase." + phase;
    if (waits) {
      return new Chip(Chip.Mood.WARN, "alert", label);
    }
    return switch (phase) {
      case DRAFT -> new Chip(Chip.Mood.NEUTRAL, "file", label);
      case SCHEDULED -> new Chip(Chip.Mood.ACTIVE, "clock", label);
      case COUNTERPARTY -> new Chip(Chip.Mood.ACTIVE, "person", label);
      case OFFICE -> new Chip(Chip.Mood.ACTIVE, "pen", label);
      case CONCLUDING -> new Chip(Chip.Mood.ACTIVE, "clock", label);
      case CONCLUDED, ELSEWHERE -> new Chip(Chip.Mood.OK, "seal", label);
      case DECLINED -> new Chip(Chip.Mood.STOP, "x", label);
      case RETURNED -> new Chip(Chip.Mood.STOP, "back", label);
      case ON_PAPER, DISPOSED -> new Chip(Chip.Mood.NEUTRAL, "file", label);
      case WITHDRAWN -> new Chip(Chip.Mood.NEUTRAL, "back", label);
      case EXPIRED -> new Chip(Chip.Mood.STOP, "clock", label);
    };
  }

  private static String path(ContractSummary contract) {
    return "/contracts/" + contract.id();
  }

  private static String draftPath(ContractSummary contract) {
    return path(contract)
        + (contract.deadline().isPresent()
            ? "/review"
            : contract.counterparty().isEmpty() ? "/parties" : "/terms");
  }
}

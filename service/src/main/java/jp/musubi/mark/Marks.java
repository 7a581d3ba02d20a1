package jp.musubi.mark;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Party;
import jp.musubi.contract.Preparing;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.input.InputBox;
import jp.musubi.input.Placing;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 印影・氏名の表示を決める. Only while the contract is a draft; whatever changes makes what was prepared void,
 * and the draft is prepared anew when it is stored.
 *
 * <p>All steps throw {@link jp.musubi.contract.StepRefused} when the contract has left, or a {@link
 * jp.musubi.contract.SendingGate} keeps it as it is, and {@link NotFound} when the current body has
 * none of that key.
 */
@Service
class Marks {
  private final MarkStore store;
  private final Drawing drawing;
  private final Contracts contracts;
  private final Drafts drafts;
  private final Preparing preparing;
  private final Vault vault;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;

  Marks(
      MarkStore store,
      Drawing drawing,
      Contracts contracts,
      Drafts drafts,
      Preparing preparing,
      Vault vault,
      AuditTrail audit,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.drawing = drawing;
    this.contracts = contracts;
    this.drafts = drafts;
    this.preparing = preparing;
    this.vault = vault;
    this.audit = audit;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** A contract's marks. */
  MarkSheet of(ContractId contract) {
    return in(() -> store.sheet(contracts.get(contract)));
  }

  /**
   * Gives a party a mark, in the place of the one it has; where that stands, or else where there is
   * room.
   *
   * @param ordinal of the party
   * @param picture the picture of the office's seal instead of its name
   */
  Drawing.Tried put(
      ContractId contract, int ordinal, boolean picture, StaffMember clerk, String clientIp) {
    return change(
        contract,
        sheet -> {
          var party =
              sheet.contract().parties().stream()
                  .filter(each -> each.ordinal() == ordinal)
                  .findFirst()
                  .orElseThrow(() -> new NotFound("party " + ordinal + " of " + contract));
          if (picture && (party.kind() != Party.Kind.OFFICE || sheet.ownImprint().isEmpty())) {
            throw new NotFound("imprint of party " + ordinal + " of " + contract);
          }
          var imprint =
              picture ? sheet.ownImprint().map(OfficeImprint::id) : Optional.<UUID>empty();
          var before = sheet.of(party);
          var same = before.filter(each -> each.imprint().isPresent() == picture);
          var box =
              same.map(Mark::box)
                  .orElseGet(() ->
                      without(sheet, before)
                          .free(picture, vault.with(sheet.contract().document(), Placing::sizes)));
          var mark = Mark.of(party, imprint, box);
          return new Step(
              with(without(sheet, before), mark),
              List.of(mark),
              "mark.put",
              Map.of("party", party.signature(), "look", picture ? "PICTURE" : "NAME"));
        },
        clerk,
        clientIp);
  }

  /** Moves marks; all of them or none. */
  Drawing.Tried place(
      ContractId contract, Map<UUID, InputBox> boxes, StaffMember clerk, String clientIp) {
    return change(
        contract,
        sheet -> {
          var all =
              sheet.marks().stream()
                  .map(mark -> mark.at(boxes.getOrDefault(mark.id(), mark.box())))
                  .toList();
          var moved = all.stream().filter(mark -> !sheet.marks().contains(mark)).toList();
          return new Step(
              new MarkSheet(sheet.contract(), all, sheet.imprints()),
              moved,
              "mark.moved",
              Map.of("party", parties(sheet, moved)));
        },
        clerk,
        clientIp);
  }

  /** Takes a mark away. */
  void remove(ContractId contract, UUID id, StaffMember clerk, String clientIp) {
    transaction.executeWithoutResult(_ -> {
      drafts.hold(contract);
      var sheet = store.sheet(contracts.get(contract));
      var mark = sheet.find(id).orElseThrow(() -> new NotFound("mark " + id));
      drafts.unsettle(contract);
      store.remove(id);
      audit.record(
          clerk.actor(),
          "mark.removed",
          contract.value(),
          clientIp,
          Map.of("party", parties(sheet, List.of(mark))));
    });
    preparing.prepare(contract);
  }

  /**
   * A change that is tried before it is stored.
   *
   * @param sheet as it would be
   * @param changed what of it would be written; nothing for no change
   */
  private record Step(
      MarkSheet sheet, List<Mark> changed, String action, Map<String, String> details) {}

  /** What was tried, and whether something was written. */
  private record Made(Drawing.Tried tried, boolean written) {}

  private Drawing.Tried change(
      ContractId contract, Function<MarkSheet, Step> change, StaffMember clerk, String clientIp) {
    var made =
        in(() -> {
          drafts.hold(contract);
          var sheet = store.sheet(contracts.get(contract));
          var step = change.apply(sheet);
          var tried =
              vault.with(
                  sheet.contract().document(),
                  file -> drawing.tried(step.sheet(), file, this::png));
          var write = tried.refused().isEmpty() && !step.changed().isEmpty();
          if (write) {
            drafts.unsettle(contract);
            step.changed().forEach(mark -> store.put(contract, mark));
            audit.record(clerk.actor(), step.action(), contract.value(), clientIp, step.details());
          }
          return new Made(tried, write);
        });
    if (made.written()) {
      preparing.prepare(contract);
    }
    return made.tried();
  }

  private byte[] png(UUID imprint) {
    return store.png(imprint).orElseThrow(() -> new NotFound("imprint " + imprint));
  }

  private static MarkSheet without(MarkSheet sheet, Optional<Mark> mark) {
    return new MarkSheet(
        sheet.contract(),
        sheet.marks().stream().filter(each -> mark.filter(each::equals).isEmpty()).toList(),
        sheet.imprints());
  }

  private static MarkSheet with(MarkSheet sheet, Mark mark) {
    return new MarkSheet(
        sheet.contract(),
        Stream.concat(sheet.marks().stream(), Stream.of(mark)).toList(),
        sheet.imprints());
  }

  private static String parties(MarkSheet sheet, List<Mark> marks) {
    return marks.stream()
        .map(mark -> sheet.party(mark).map(Party::signature).orElse(""))
        .collect(Collectors.joining("、"));
  }

  private <T> T in(Supplier<T> step) {
    return Objects.requireNonNull(transaction.execute(_ -> step.get()));
  }
}

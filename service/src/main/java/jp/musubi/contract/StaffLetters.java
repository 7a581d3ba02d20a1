package jp.musubi.contract;

import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import jp.musubi.notification.Outbox;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.staff.Staff;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes to the body's own staff about what happens to a contract, in the same transaction. */
@Component
class StaffLetters {
  private final ContractStore contracts;
  private final ClerkMail clerks;
  private final Staff staff;
  private final Outbox outbox;
  private final MessageSource messages;

  StaffLetters(
      ContractStore contracts,
      ClerkMail clerks,
      Staff staff,
      Outbox outbox,
      MessageSource messages) {
    this.contracts = contracts;
    this.clerks = clerks;
    this.staff = staff;
    this.outbox = outbox;
    this.messages = messages;
  }

  @EventListener
  void on(ContractEvent event) {
    switch (event) {
      case ContractEvent.TurnCame(var id, var party) -> {
        if (party.kind() == Party.Kind.OFFICE) {
          toHolder(id, party);
        }
      }
      case ContractEvent.HeldBack(var id, var releaseAt, var because) ->
          toClerk(
              "heldBack-" + releaseAt,
              "heldBack",
              id,
              words(RefusalMessages.key(because) + ".what"));
      case ContractEvent.Declined(var id, _, var reason) -> toClerk("declined", id, reason);
      case ContractEvent.Returned(var id, _, var reason) -> toClerk("returned", id, reason);
      case ContractEvent.Delegated(var id, _, var to) ->
          toClerk("delegated-" + to.id() + "-" + to.mail(), "delegated", id, to.signature());
      case ContractEvent.MovedToPaper(var id, var reason) -> toAskedHolder("paper", id, reason);
      case ContractEvent.Expired(var id, _) -> {
        toClerk("expired", id, "");
        toAskedHolder("expired", id, "");
      }
      case ContractEvent.Withdrawn(var id, var reason) -> toAskedHolder("withdrawn", id, reason);
      case ContractEvent.Concluded(var id, var at) ->
          toClerk("concluded", id, JapaneseDates.time(at));
      // The clerk hears when it matters: at the end.
      case ContractEvent.Agreed _ -> {}
    }
  }

  /** Who holds the office is written to where they read their mail today. */
  private void toHolder(ContractId id, Party office) {
    var contract = contracts.find(id).orElseThrow();
    staff
        .active(Objects.requireNonNull(office.staffId(), "an office's party is a member of staff"))
        .ifPresent(holder ->
            write(
                "toSign",
                contract,
                holder.mail(),
                office.name(),
                JapaneseDates.time(contract.deadline().orElseThrow())));
  }

  /** Who was asked for the office's signature hears that it is no longer wanted. */
  private void toAskedHolder(String kind, ContractId id, String particular) {
    var contract = contracts.find(id).orElseThrow();
    contract.order().asked(contract.revisions().size()).stream()
        .filter(party -> party.kind() == Party.Kind.OFFICE)
        .forEach(office ->
            staff
                .active(Objects.requireNonNull(office.staffId()))
                .ifPresent(holder ->
                    write(
                        kind + "-holder",
                        kind,
                        contract,
                        holder.mail(),
                        office.name(),
                        particular)));
  }

  private void toClerk(String kind, ContractId id, String particular) {
    toClerk(kind, kind, id, particular);
  }

  private void toClerk(String occasion, String kind, ContractId id, String particular) {
    clerks.write(occasion + "/" + id, id, "contract.mail." + kind, particular);
  }

  private void write(
      String kind, Particulars contract, String mail, String name, String particular) {
    write(kind, kind, contract, mail, name, particular);
  }

  private void write(
      String occasion,
      String kind,
      Particulars contract,
      String mail,
      String name,
      String particular) {
    var counterparties =
        contract.parties(Party.Kind.COUNTERPARTY).stream()
            .map(Party::signature)
            .collect(Collectors.joining("、"));
    var key = "contract.mail." + kind;
    outbox.enqueue(
        "staff-%s/%s".formatted(occasion, contract.id()),
        contract.id().value(),
        mail,
        words(key + ".subject", contract.title()),
        words(key + ".body", name, contract.number(), contract.title(), counterparties, particular)
            + words("contract.mail.closing", contract.number()));
  }

  private String words(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }
}

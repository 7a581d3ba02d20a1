package jp.musubi.approval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import jp.musubi.contract.Particulars;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Organisations;
import jp.musubi.staff.Staff;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes to approvers whose turn it is and to the clerk at the end, in the same transaction. */
@Component
class ApprovalLetters {
  private final Staff staff;
  private final People people;
  private final Organisations organisations;
  private final Outbox outbox;
  private final MessageSource messages;

  ApprovalLetters(
      Staff staff,
      People people,
      Organisations organisations,
      Outbox outbox,
      MessageSource messages) {
    this.staff = staff;
    this.people = people;
    this.organisations = organisations;
    this.outbox = outbox;
    this.messages = messages;
  }

  /** Everybody who could take the step that is on, holders and who stands in for them. */
  void stepCame(Particulars contract, Approval.UnderWay approval, Approval.House house) {
    var asked = new LinkedHashSet<UUID>();
    var seats = house.seats();
    for (var post : approval.awaited()) {
      asked.addAll(seats.holdersOf(post));
      seats.standIns().stream()
          .filter(standIn -> seats.holdersOf(post).contains(standIn.principal()))
          .map(StandIn::deputy)
          .forEach(asked::add);
    }
    asked.removeIf(person -> approval.refuses(person, house).isPresent());
    for (var person : asked) {
      write(
          "asked/%s/%d/%s".formatted(approval.asked().id(), approval.current(), person),
          "asked",
          contract,
          person,
          "");
    }
  }

  /** 承認済・差戻し: who asked, who has the contract in hand now, and the section's mailbox. */
  void settled(Particulars contract, Approval approval, String kind, String particular) {
    for (var person : new TreeSet<>(List.of(approval.asked().clerk(), contract.clerkId()))) {
      write(
          "%s/%s/%s".formatted(kind, approval.asked().id(), person),
          kind,
          contract,
          person,
          particular);
    }
    organisations
        .section(contract.sectionId())
        .ifPresent(section -> {
          if (section.mail() != null) {
            enqueue(
                "%s/%s/section".formatted(kind, approval.asked().id()),
                kind,
                contract,
                section.mail(),
                section.name(),
                particular);
          }
        });
  }

  private void write(
      String occasion, String kind, Particulars contract, UUID person, String particular) {
    staff
        .active(person)
        .ifPresent(
            member -> enqueue(occasion, kind, contract, member.mail(), member.name(), particular));
  }

  private void enqueue(
      String occasion,
      String kind,
      Particulars contract,
      String mail,
      String name,
      String particular) {
    var key = "approval.mail." + kind;
    outbox.enqueue(
        "approval-" + occasion,
        contract.id().value(),
        mail,
        words(key + ".subject", contract.title()),
        words(
                key + ".body",
                name,
                contract.number(),
                contract.title(),
                people.name(contract.clerkId()),
                particular)
            + words("contract.mail.closing", contract.number()));
  }

  private String words(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }
}

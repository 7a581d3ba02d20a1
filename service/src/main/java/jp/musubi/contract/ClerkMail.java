package jp.musubi.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import jp.musubi.notification.Outbox;
import jp.musubi.organisation.Organisations;
import jp.musubi.staff.Staff;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 担当者への通知. Letters to whoever has a contract in hand now, and to its section's mailbox; a leaver is
 * not written to.
 */
@Component
public class ClerkMail {
  private final Contracts contracts;
  private final Staff staff;
  private final Organisations organisations;
  private final Outbox outbox;
  private final MessageSource messages;

  ClerkMail(
      Contracts contracts,
      Staff staff,
      Organisations organisations,
      Outbox outbox,
      MessageSource messages) {
    this.contracts = contracts;
    this.staff = staff;
    this.organisations = organisations;
    this.outbox = outbox;
    this.messages = messages;
  }

  /**
   * Writes in the caller's transaction, once for each occasion.
   *
   * @param occasion what makes these letters the ones they are
   * @param words message key, under which lie {@code .subject} and {@code .body}: {0} of the
   *     subject is the title; {0} of the body is who reads it, {1} the number, {2} the title, {3}
   *     the counterparties, and the values follow
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void write(String occasion, ContractId id, String words, String... values) {
    var contract = contracts.get(id);
    staff
        .active(contract.clerkId())
        .ifPresent(clerk -> post(occasion, contract, clerk.mail(), clerk.name(), words, values));
    organisations
        .section(contract.sectionId())
        .ifPresent(section -> {
          if (section.mail() != null) {
            post(occasion + "/section", contract, section.mail(), section.name(), words, values);
          }
        });
  }

  private void post(
      String occasion,
      Particulars contract,
      String mail,
      String name,
      String words,
      String... values) {
    var gaps =
        new ArrayList<Object>(
            List.of(
                name,
                contract.number(),
                contract.title(),
                contract.parties(Party.Kind.COUNTERPARTY).stream()
                    .map(Party::signature)
                    .collect(Collectors.joining("、"))));
    gaps.addAll(List.of(values));
    outbox.enqueue(
        "clerk-" + occasion,
        contract.id().value(),
        mail,
        text(words + ".subject", contract.title()),
        text(words + ".body", gaps.toArray()) + text("contract.mail.closing", contract.number()));
  }

  private String text(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }
}

package jp.musubi.sharing;

import java.util.Locale;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Party;
import jp.musubi.notification.Outbox;
import jp.musubi.platform.JapaneseDates;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes to the sections that share a contract how it ended, in the same transaction; no links. */
@Component
class SharingLetters {
  private final Sharing sharing;
  private final Contracts contracts;
  private final Outbox outbox;
  private final MessageSource messages;

  SharingLetters(Sharing sharing, Contracts contracts, Outbox outbox, MessageSource messages) {
    this.sharing = sharing;
    this.contracts = contracts;
    this.outbox = outbox;
    this.messages = messages;
  }

  @EventListener
  void on(ContractEvent event) {
    if (event instanceof ContractEvent.Concluded(var id, var at)) {
      tell(id, "concluded", JapaneseDates.time(at));
    } else if (event instanceof ContractEvent.Declined(var id, _, var reason)) {
      tell(id, "declined", reason);
    } else if (event instanceof ContractEvent.Returned(var id, _, var reason)) {
      tell(id, "returned", reason);
    } else if (event instanceof ContractEvent.Withdrawn(var id, var reason)) {
      tell(id, "withdrawn", reason);
    } else if (event instanceof ContractEvent.MovedToPaper(var id, var reason)) {
      tell(id, "paper", reason);
    } else if (event instanceof ContractEvent.Expired(var id, var deadline)) {
      tell(id, "expired", JapaneseDates.time(deadline));
    }
  }

  private void tell(ContractId id, String kind, String particular) {
    var contract = contracts.get(id);
    if (kind.equals("withdrawn") && contract.dispatchedAt().isEmpty()) {
      // A draft that was thrown away: nothing had begun.
      return;
    }
    for (var section : sharing.of(id)) {
      var mail = section.mail();
      if (mail != null) {
        outbox.enqueue(
            "staff-shared-%s/%s/%s".formatted(kind, id, section.id()),
            id.value(),
            mail,
            text("sharing.mail.subject", text("sharing.mail." + kind), contract.title()),
            text(
                    "sharing.mail.body",
                    section.name(),
                    text("sharing.mail." + kind),
                    contract.number(),
                    contract.title(),
                    contract.parties(Party.Kind.COUNTERPARTY).stream()
                        .map(Party::signature)
                        .collect(Collectors.joining("、")),
                    organiser(id),
                    text("sharing.mail." + kind + ".particular"),
                    particular)
                + text("contract.mail.closing", contract.number()));
      }
    }
  }

  /** 上毛市 建設部 道路課 見本 花子. */
  private String organiser(ContractId id) {
    return contracts.get(id).parties(Party.Kind.SENDER).stream()
        .findFirst()
        .map(Party::signature)
        .orElse("");
  }

  private String text(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }
}

package jp.musubi.means;

import java.util.Locale;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.notification.Outbox;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Tells an address what was registered or ended for it: whoever did not do it can say so. */
@Component
class MeansLetters {
  private final Outbox outbox;
  private final Contracts contracts;
  private final MessageSource messages;

  MeansLetters(Outbox outbox, Contracts contracts, MessageSource messages) {
    this.outbox = outbox;
    this.contracts = contracts;
    this.messages = messages;
  }

  void registered(UUID means, Holder holder, Means.Kind kind) {
    tell("registered", means, holder.contract(), holder.mail(), holder.name(), kind);
  }

  void ended(Means means, ContractId contract) {
    tell("ended", means.id(), contract, means.mail(), means.holder(), means.kind());
  }

  private void tell(
      String what, UUID means, ContractId id, String mail, String name, Means.Kind kind) {
    var contract = contracts.get(id);
    outbox.enqueue(
        "means-%s/%s".formatted(what, means),
        id.value(),
        mail,
        text("means.mail.%s.subject".formatted(what), text("means.kind." + kind)),
        text(
            "means.mail.%s.body".formatted(what),
            name,
            text("means.kind." + kind),
            contract.number(),
            contract.title()));
  }

  private String text(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }
}

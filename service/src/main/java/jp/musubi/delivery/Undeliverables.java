package jp.musubi.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jp.musubi.contract.Aside;
import jp.musubi.contract.ClerkMail;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.notification.Undelivered;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Text;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * 不達. That a counterparty's mail did not arrive is said on the contract's page and by mail to its
 * clerk, with what to do. Staff's own mail is not: nobody would hear of it but by mail again.
 */
@Component
class Undeliverables implements Aside {
  private final Undelivered undelivered;
  private final Contracts contracts;
  private final ClerkMail clerks;

  Undeliverables(Undelivered undelivered, Contracts contracts, ClerkMail clerks) {
    this.undelivered = undelivered;
    this.contracts = contracts;
    this.clerks = clerks;
  }

  @EventListener
  void on(Undelivered.Known event) {
    var letter = event.letter();
    if (letter.contract() == null) {
      return;
    }
    var contract = contracts.get(new ContractId(letter.contract()));
    if (isToCounterparty(contract, letter)) {
      clerks.write(
          "undelivered/" + letter.id(),
          contract.id(),
          "delivery.mail." + (isUnderWay(contract) ? "underWay" : "over"),
          letter.recipient(),
          letter.subject(),
          letter.reason());
    }
  }

  @Override
  public List<Note> of(Particulars contract) {
    var lines = new ArrayList<Text>();
    undelivered.of(contract.id().value()).stream()
        .filter(letter -> isToCounterparty(contract, letter))
        .forEach(letter ->
            lines.add(
                Text.of(
                    "delivery.note.line",
                    JapaneseDates.time(letter.at()),
                    letter.recipient(),
                    letter.subject(),
                    letter.reason())));
    if (lines.isEmpty()) {
      return List.of();
    }
    var underWay = isUnderWay(contract);
    lines.add(Text.of(underWay ? "delivery.note.do" : "delivery.note.over"));
    return List.of(
        new Note(
            "warning",
            Text.of("delivery.note"),
            lines,
            underWay ? "delivery.note.withdraw" : null,
            underWay ? "/contracts/%s/withdrawal".formatted(contract.id()) : null,
            true));
  }

  private static boolean isUnderWay(Particulars contract) {
    return contract.state().equals("AWAITING_AGREEMENTS");
  }

  private static boolean isToCounterparty(Particulars contract, Undelivered.Letter letter) {
    return !letter.occasion().startsWith("clerk-")
        && !letter.occasion().startsWith("staff-")
        && addresses(contract).contains(letter.recipient().toLowerCase(Locale.ROOT));
  }

  private static List<String> addresses(Particulars contract) {
    return contract.parties(Party.Kind.COUNTERPARTY).stream()
        .flatMap(party -> Stream.ofNullable(party.mail()))
        .map(mail -> mail.toLowerCase(Locale.ROOT))
        .toList();
  }
}

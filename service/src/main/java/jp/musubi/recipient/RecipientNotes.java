package jp.musubi.recipient;

import java.util.List;
import java.util.stream.Collectors;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 受取人, on a contract's page and on the page before it is sent. */
@Component
class RecipientNotes implements Aside {
  private final Recipients recipients;

  RecipientNotes(Recipients recipients) {
    this.recipients = recipients;
  }

  @Override
  public List<Note> of(Particulars contract) {
    var named = recipients.of(contract.id());
    var open =
        contract.endedAt().isEmpty() && !contract.isDisposed() && !contract.wasConcludedElsewhere();
    if (named.isEmpty() && (!open || contract.parties().isEmpty())) {
      return List.of();
    }
    var taken = named.stream().filter(each -> each.receipt().isPresent()).count();
    return List.of(
        new Note(
            "info",
            Text.of("recipient.heading"),
            List.of(
                named.isEmpty()
                    ? Text.of("recipient.note.none")
                    : Text.of(
                        "recipient.note",
                        named.stream()
                            .map(each -> each.entered().signature())
                            .collect(Collectors.joining("、")),
                        String.valueOf(named.size()),
                        String.valueOf(taken))),
            open ? "recipient.change" : null,
            open ? "/contracts/%s/recipients".formatted(contract.id()) : null,
            true));
  }
}

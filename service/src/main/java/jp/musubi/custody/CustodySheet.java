package jp.musubi.custody;

import java.util.List;
import java.util.Objects;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The page of the keys: what the settings name, and what operators did. */
@Component
class CustodySheet {
  private final Custody custody;
  private final Book book;

  CustodySheet(Custody custody, Book book) {
    this.custody = custody;
    this.book = book;
  }

  Sheet of(List<ManagedKey> keys, StaffMember reader) {
    return Sheet.of(
            book.of("custody.heading"),
            List.of(book.crumb("people.crumb.home", "/"), book.crumb("custody.heading", "/keys")))
        .led(Text.of(custody.insists() ? "custody.lead" : "custody.lead.trial"))
        .warning(warning(keys))
        .listing(
            List.of(
                new Sheet.Table(
                    Text.of("custody.keys"),
                    List.of("custody.kind", "custody.key", "custody.state", "custody.step"),
                    keys.stream().map(key -> line(key, reader)).toList(),
                    "custody.keys.none"),
                new Sheet.Table(
                    Text.of("custody.history"),
                    List.of(
                        "custody.kind",
                        "custody.key",
                        "custody.reason",
                        "custody.proposed",
                        "custody.confirmed"),
                    custody.all().stream().map(this::past).toList(),
                    "custody.history.none")));
  }

  private @Nullable Text warning(List<ManagedKey> keys) {
    var open = keys.stream().filter(key -> !custody.given(key)).count();
    return open == 0 ? null : Text.of("custody.warning", String.valueOf(open));
  }

  private List<Sheet.Cell> line(ManagedKey key, StaffMember reader) {
    var proposal = custody.proposal(key);
    var state = proposal.isEmpty() ? "NEW" : proposal.get().confirmed() ? "CONFIRMED" : "PROPOSED";
    var path = "/keys/" + key.fingerprint();
    var mine =
        proposal
            .map(each ->
                each.proposer()
                    .isSameAs(new Proposal.Person(reader.id(), reader.name(), reader.mail())))
            .orElse(false);
    var step =
        switch (state) {
          case "NEW" -> Sheet.Cell.link(book.of("custody.proposal"), path + "/proposal");
          case "PROPOSED" ->
              mine
                  ? Sheet.Cell.of(book.of("custody.waits"))
                  : Sheet.Cell.link(book.of("custody.confirmation"), path + "/confirmation");
          default -> Sheet.Cell.of("");
        };
    return List.of(
        Sheet.Cell.of(book.of("custody.kind." + key.kind()))
            .noted(book.of("custody.place." + key.place())),
        Sheet.Cell.of(key.description()).noted(key.grouped()),
        Sheet.Cell.of(book.of("custody.state." + state)),
        step);
  }

  private List<Sheet.Cell> past(Proposal proposal) {
    return List.of(
        Sheet.Cell.of(book.of("custody.kind." + proposal.kind())),
        Sheet.Cell.of(proposal.description()).noted(ManagedKey.grouped(proposal.fingerprint())),
        Sheet.Cell.of(proposal.reason()),
        Sheet.Cell.of(proposal.proposer().name()).noted(JapaneseDates.time(proposal.proposedAt())),
        proposal.confirmer() == null
            ? Sheet.Cell.of(book.of("custody.state.PROPOSED"))
            : Sheet.Cell.of(proposal.confirmer().name())
                .noted(JapaneseDates.time(Objects.requireNonNull(proposal.confirmedAt()))));
  }
}

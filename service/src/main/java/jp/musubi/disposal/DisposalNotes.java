package jp.musubi.disposal;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Aside;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Text;
import org.springframework.stereotype.Component;

/** 保存と廃棄, on a contract's page: until when it is kept, what holds it, or what became of it. */
@Component
class DisposalNotes implements Aside {
  private final Disposals disposals;
  private final Holds holds;
  private final Book book;

  DisposalNotes(Disposals disposals, Holds holds, Book book) {
    this.disposals = disposals;
    this.holds = holds;
    this.book = book;
  }

  @Override
  public List<Note> of(Particulars contract) {
    return switch (contract.state()) {
      case "CONCLUDED", "ELSEWHERE" -> kept(contract);
      case "DISPOSED" ->
          disposals.record(contract.id()).map(DisposalNotes::disposed).stream().toList();
      default -> List.of();
    };
  }

  private List<Note> kept(Particulars contract) {
    var lines = new ArrayList<Text>();
    disposals
        .find(contract.id())
        .flatMap(Candidate::keptUntil)
        .ifPresent(day -> lines.add(Text.of("disposal.note.until", JapaneseDates.era(day))));
    holds
        .open(contract.id())
        .forEach(hold ->
            lines.add(
                Text.of(
                    "disposal.note.held",
                    book.of("disposal.hold.kind." + hold.kind()),
                    hold.reason())));
    return lines.isEmpty()
        ? List.of()
        : List.of(
            new Note(
                "info",
                Text.of("disposal.keeping"),
                lines,
                "disposal.keeping.open",
                "/contracts/%s/keeping".formatted(contract.id()),
                false));
  }

  private static Note disposed(DisposalRecord of) {
    return new Note(
        "info",
        Text.of("disposal.record"),
        List.of(
            Text.of("disposal.note.until", JapaneseDates.era(of.keptUntil())),
            Text.of("disposal.note.reason", of.reason()),
            Text.of(
                "disposal.note.proposed", of.proposedName(), JapaneseDates.time(of.proposedAt())),
            Text.of(
                "disposal.note.confirmed",
                of.confirmedName(),
                JapaneseDates.time(of.confirmedAt())),
            of.erasedAt()
                .map(at ->
                    Text.of(
                        "disposal.note.erased",
                        JapaneseDates.time(at),
                        String.valueOf(of.files()),
                        String.valueOf(of.kept())))
                .orElseGet(() -> Text.of("disposal.note.erasing"))),
        null,
        null,
        false);
  }
}

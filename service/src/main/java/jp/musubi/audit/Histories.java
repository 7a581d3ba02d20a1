package jp.musubi.audit;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AuditEntry;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.evidence.History;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the history of a contract together from the record. */
@Component
class Histories {
  private final AuditTrail trail;
  private final AuditWords words;
  private final Book book;

  Histories(AuditTrail trail, AuditWords words, Book book) {
    this.trail = trail;
    this.words = words;
    this.book = book;
  }

  History of(Particulars contract, String body) {
    var steps = trail.steps(contract.id().value());
    return new History(
        body,
        contract.number(),
        contract.title(),
        book.of("audit.state." + contract.state()),
        steps.stream().map(this::step).toList(),
        trail.count(contract.id().value()) - steps.size());
  }

  private History.Step step(AuditEntry entry) {
    var capacity =
        Stream.of(words.actorKind(entry), words.roles(entry))
            .filter(word -> !word.isEmpty())
            .collect(Collectors.joining("・"));
    return new History.Step(
        entry.seq(),
        JapaneseDates.time(entry.at()),
        entry.actor().name(),
        capacity,
        words.action(entry),
        note(entry),
        entry.clientIp(),
        entry.hash());
  }

  /** What a reader wants of the further facts: for whom, which file, why. */
  private static @Nullable String note(AuditEntry entry) {
    var note =
        Arrays.stream(new String[] {"party", "fields", "file", "reason", "kind", "document"})
            .map(entry.details()::get)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    return note.isEmpty() ? null : note;
  }
}

package jp.musubi.closure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jp.musubi.platform.web.Book;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Puts the 消去報告書 together: what is the same for every body, from the settings. */
@Component
class ErasureReports {
  private final Book book;
  private final boolean backups;
  private final Duration kept;

  ErasureReports(
      Book book,
      @Value("${musubi.backup.directory:}") String backups,
      @Value("${musubi.backup.keep:14d}") Duration kept) {
    this.book = book;
    this.backups = !backups.isEmpty();
    this.kept = kept;
  }

  ErasureReport of(Closure closure, ErasureReport.Inventory after, Instant endedAt) {
    var request = closure.request();
    var before = ErasureReport.inventory(Objects.requireNonNull(closure.before()));
    return new ErasureReport(
        closure.id().toString(),
        request.code(),
        request.name(),
        request.reason(),
        request.useUntil(),
        new ErasureReport.People(
            ErasureReport.Person.of(closure.proposed()),
            ErasureReport.Person.of(closure.confirmed()),
            ErasureReport.Person.of(closure.ordered()),
            ErasureReport.Person.of(closure.approved()),
            request.wantsWitness(),
            closure.witness()),
        Objects.requireNonNull(closure.beganAt()),
        endedAt,
        before,
        after,
        backups ? Math.toIntExact(kept.toDays()) : null,
        media(before),
        List.of(
            book.of("closure.method.keys"),
            book.of("closure.method.files"),
            book.of("closure.method.rows"),
            book.of("closure.method.verified")));
  }

  private List<String> media(ErasureReport.Inventory before) {
    var media = new ArrayList<String>();
    media.add(book.of("closure.medium.database"));
    media.add(book.of("closure.medium.store"));
    media.add(book.of(before.copies() == null ? "closure.medium.nocopy" : "closure.medium.copy"));
    media.add(
        backups
            ? book.of("closure.medium.backups", kept.toDays())
            : book.of("closure.medium.backups.elsewhere"));
    return media;
  }
}

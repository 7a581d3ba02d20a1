package jp.musubi.closure;

import java.util.Objects;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** 消去の進み具合: how many rows are gone of those that were there, counted at the moment. */
@Component
class ErasureProgress {
  private final BodyRows rows;
  private final Book book;
  private final TransactionTemplate ofItsOwn;

  ErasureProgress(BodyRows rows, Book book, PlatformTransactionManager transactions) {
    this.rows = rows;
    this.book = book;
    this.ofItsOwn = new TransactionTemplate(transactions);
    // Counted as that body, whatever the caller works for.
    this.ofItsOwn.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.ofItsOwn.setReadOnly(true);
  }

  /**
   * As web/sheet shows it.
   *
   * @param label message key
   */
  record Shown(String label, long done, long all, String text) {}

  /** Of a closure that has begun. */
  Shown of(Closure closure) {
    var before = ErasureReport.inventory(Objects.requireNonNull(closure.before())).sum();
    var left =
        Tenancy.in(
            closure.request().body(),
            () ->
                Objects.requireNonNull(
                    ofItsOwn.execute(
                        _ -> rows.count().values().stream().mapToLong(Long::longValue).sum())));
    var done = Math.max(0, before - left);
    return new Shown(
        "closure.state.ERASING",
        done,
        before,
        book.of("closure.progress", String.valueOf(before), String.valueOf(done)));
  }
}

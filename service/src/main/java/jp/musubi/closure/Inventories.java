package jp.musubi.closure;

import java.util.Objects;
import java.util.OptionalLong;
import jp.musubi.vault.BodyFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts what is there of the current body: before it is erased, and anew afterwards. */
final class Inventories {
  private final BodyRows rows;
  private final Leftovers leftovers;
  private final BodyFiles files;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  Inventories(
      BodyRows rows,
      Leftovers leftovers,
      BodyFiles files,
      JdbcClient jdbc,
      TransactionTemplate transactions) {
    this.rows = rows;
    this.leftovers = leftovers;
    this.files = files;
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  ErasureReport.Inventory take() {
    var stored = files.count();
    return Objects.requireNonNull(
        transactions.execute(_ -> {
          var counts = rows.count();
          return new ErasureReport.Inventory(
              counts,
              stored.first(),
              boxed(stored.second()),
              counts.getOrDefault("body_key", 0L),
              leftovers.sessions(),
              leftovers.jobs(),
              handover(),
              chain());
        }));
  }

  private ErasureReport.HandedOver handover() {
    return jdbc.sql("select made_at, manifest_sha256 from handover order by made_at desc limit 1")
        .query((row, _) ->
            new ErasureReport.HandedOver(
                Objects.requireNonNull(row.getTimestamp(1)).toInstant(), row.getString(2)))
        .optional()
        .orElseGet(() -> new ErasureReport.HandedOver(null, ""));
  }

  private ErasureReport.Chain chain() {
    return jdbc.sql("select seq, hash from audit_head")
        .query((row, _) -> new ErasureReport.Chain(row.getLong(1), row.getString(2)))
        .optional()
        .orElseGet(() -> new ErasureReport.Chain(0, ""));
  }

  private static @Nullable Long boxed(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}

package jp.musubi.closure;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * 消去報告書: item, quantity, medium, method, people, days, witness (個人情報の取扱いに係る共通特記事項). Counts after
 * the erasure are counted anew, never derived from those before.
 *
 * @param backups for how many days old backups of the database may still hold the rows
 */
record ErasureReport(
    String id,
    String bodyCode,
    String bodyName,
    String reason,
    LocalDate useUntil,
    People people,
    Instant beganAt,
    Instant endedAt,
    Inventory before,
    Inventory after,
    @Nullable Integer backups,
    List<String> media,
    List<String> methods) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  ErasureReport {
    media = List.copyOf(media);
    methods = List.copyOf(methods);
  }

  /** Who took which step, and when. */
  record People(
      Person proposed,
      Person confirmed,
      Person ordered,
      Person approved,
      boolean witnessWanted,
      @Nullable String witness) {}

  /** One of them. */
  record Person(String name, Instant at) {
    static Person of(Closure.@Nullable Mark mark) {
      if (mark == null) {
        throw new IllegalStateException("a step of the closure was left out");
      }
      return new Person(mark.name(), mark.at());
    }
  }

  /** The newest whole that was handed over. */
  record HandedOver(@Nullable Instant at, String sha256) {}

  /** Where the audit chain ended. */
  record Chain(long seq, String hash) {}

  /**
   * What is there of a body at one moment.
   *
   * @param rows by table, every table of bodies
   * @param files in the first store
   * @param copies in the second; null where there is none
   * @param keys the body's wrapped keys
   */
  record Inventory(
      Map<String, Long> rows,
      long files,
      @Nullable Long copies,
      long keys,
      long sessions,
      long jobs,
      HandedOver handover,
      Chain chain) {
    Inventory {
      rows = new TreeMap<>(rows);
    }

    long sum() {
      return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether nothing is left, on any medium. */
    boolean isNothing() {
      return sum() == 0
          && files == 0
          && (copies == null || copies == 0)
          && sessions == 0
          && jobs == 0;
    }
  }

  long rowsBefore() {
    return before.sum();
  }

  long rowsAfter() {
    return after.sum();
  }

  String json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
  }

  static ErasureReport parse(String json) {
    return JSON.readValue(json, ErasureReport.class);
  }

  static String json(Inventory inventory) {
    return JSON.writeValueAsString(inventory);
  }

  static Inventory inventory(String json) {
    return JSON.readValue(json, Inventory.class);
  }
}

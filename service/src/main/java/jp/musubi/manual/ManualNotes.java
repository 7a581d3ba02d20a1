package jp.musubi.manual;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** この団体の取り扱い: what the current body adds to a chapter. */
@Service
@Transactional
class ManualNotes {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  ManualNotes(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the body says; empty when it says nothing. */
  @Transactional(readOnly = true)
  public Optional<String> of(Chapter chapter) {
    return jdbc.sql("select words from manual_note where chapter = :chapter")
        .param("chapter", chapter.name())
        .query(String.class)
        .optional();
  }

  /** From now on the chapter says this too; nothing, when {@code words} is empty. */
  public void change(Chapter chapter, String words, Actor by, @Nullable String clientIp) {
    if (words.equals(of(chapter).orElse(""))) {
      return;
    }
    jdbc.sql("delete from manual_note where chapter = :chapter")
        .param("chapter", chapter.name())
        .update();
    if (!words.isEmpty()) {
      jdbc.sql(
              "insert into manual_note (chapter, words, changed_at) values (:chapter, :words, :now)")
          .param("chapter", chapter.name())
          .param("words", words)
          .param("now", Timestamp.from(clock.instant()))
          .update();
    }
    audit.record(
        by,
        "manual.note-changed",
        null,
        clientIp,
        Map.of("chapter", chapter.name(), "words", words));
  }
}

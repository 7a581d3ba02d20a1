package jp.musubi.notification;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 通知の文面. The current body's own words in letters to counterparties. */
@Service
@Transactional
public class LetterWords {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  LetterWords(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the body says its own way; a part that is missing is as we write it. */
  @Transactional(readOnly = true)
  public Map<LetterPart, String> current() {
    return jdbc
        .sql("select part, words from letter_words")
        .query((row, _) ->
            Map.entry(LetterPart.valueOf(row.getString("part")), row.getString("words")))
        .list()
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                (first, _) -> first,
                () -> new EnumMap<>(LetterPart.class)));
  }

  /**
   * From now on letters are written like this; those that wait to be sent stay as they are.
   *
   * @param words without any {@link LetterPart.Problem}; an empty or missing part is as we write it
   */
  public void change(Map<LetterPart, String> words, Actor by, @Nullable String clientIp) {
    var before = current();
    var changes = new TreeMap<String, String>();
    for (var part : LetterPart.values()) {
      var after = words.getOrDefault(part, "");
      if (!after.equals(before.getOrDefault(part, ""))) {
        write(part, after);
        changes.put(part.name(), after);
      }
    }
    if (!changes.isEmpty()) {
      audit.record(by, "settings.letters-changed", null, clientIp, changes);
    }
  }

  private void write(LetterPart part, String words) {
    jdbc.sql("delete from letter_words where part = :part").param("part", part.name()).update();
    if (!words.isEmpty()) {
      jdbc.sql("insert into letter_words (part, words, changed_at) values (:part, :words, :now)")
          .param("part", part.name())
          .param("words", words)
          .param("now", Timestamp.from(clock.instant()))
          .update();
    }
  }
}

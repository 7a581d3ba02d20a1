package jp.musubi.access;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.AddressRange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 接続元の決まりの登録. Read anew at each request, so that a change is in force at once. */
@Service
public class AddressRules {
  /** How long a trial lasts. */
  public static final Duration TRIAL = Duration.ofMinutes(15);

  /** Most ranges of one audience. */
  public static final int MOST = 2000;

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  AddressRules(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a change. */
  public sealed interface Outcome {
    /** It is in force. */
    record Changed() implements Outcome {}

    /** It is in force until then. */
    record OnTrial(Instant until) implements Outcome {}

    /** Nothing was changed: whoever asked comes from outside of the ranges themselves. */
    record ShutsOut(String present) implements Outcome {}
  }

  /** The current body's policy. */
  @Transactional(readOnly = true)
  public AddressPolicy of(Audience audience) {
    return jdbc.sql(
            "select ranges, trial_ranges, trial_until from address_rule where audience = :audience")
        .param("audience", audience.name())
        .query((row, _) -> policy(row))
        .optional()
        .orElse(AddressPolicy.OPEN);
  }

  /**
   * Changes the ranges. Staff that would shut themselves out are refused, unless it is on trial.
   *
   * @param present from where the person asks
   */
  @Transactional
  public Outcome change(
      Audience audience, List<AddressRange> ranges, boolean onTrial, Actor by, String present) {
    var now = clock.instant();
    if (onTrial) {
      var until = now.plus(TRIAL);
      var standing = of(audience).standing();
      write(audience, standing, new AddressPolicy.Trial(ranges, until), now);
      record(by, "address.tried", audience, ranges, present, Map.of("until", until.toString()));
      return new Outcome.OnTrial(until);
    }
    if (audience == Audience.STAFF && AddressPolicy.shutsOut(ranges, present)) {
      return new Outcome.ShutsOut(present);
    }
    write(audience, ranges, null, now);
    record(by, "address.changed", audience, ranges, present, Map.of());
    return new Outcome.Changed();
  }

  /**
   * Lets the current body's staff come from anywhere again: the operator's way out, for a body that
   * has shut itself out.
   */
  @Transactional
  public void release(Actor operator, String reason, String present) {
    write(Audience.STAFF, List.of(), null, clock.instant());
    record(
        operator, "address.released", Audience.STAFF, List.of(), present, Map.of("reason", reason));
  }

  private void write(
      Audience audience,
      List<AddressRange> standing,
      AddressPolicy.@Nullable Trial trial,
      Instant now) {
    jdbc.sql(
            """
            insert into address_rule (audience, ranges, trial_ranges, trial_until, changed_at)
            values (:audience, :ranges, cast(:tried as text[]), cast(:until as timestamptz), :now)
            on conflict (tenant_id, audience) do update
               set ranges = excluded.ranges, trial_ranges = excluded.trial_ranges,
                   trial_until = excluded.trial_until, changed_at = excluded.changed_at
            """)
        .param("audience", audience.name())
        .param("ranges", texts(standing))
        .param("tried", trial == null ? null : texts(trial.ranges()))
        .param("until", trial == null ? null : Timestamp.from(trial.until()))
        .param("now", Timestamp.from(now))
        .update();
  }

  private void record(
      Actor by,
      String action,
      Audience audience,
      List<AddressRange> ranges,
      String present,
      Map<String, String> more) {
    var details = new LinkedHashMap<>(more);
    details.put("audience", audience.name());
    details.put("ranges", ranges.stream().map(AddressRange::text).collect(Collectors.joining(" ")));
    audit.record(by, action, null, present, details);
  }

  private static AddressPolicy policy(ResultSet row) throws SQLException {
    var until = row.getTimestamp("trial_until");
    return new AddressPolicy(
        ranges(row.getArray("ranges")),
        until == null
            ? Optional.empty()
            : Optional.of(
                new AddressPolicy.Trial(ranges(row.getArray("trial_ranges")), until.toInstant())));
  }

  private static List<AddressRange> ranges(Array array) throws SQLException {
    return Arrays.stream((String[]) array.getArray())
        .map(text ->
            AddressRange.parse(text)
                .orElseThrow(() -> new IllegalStateException("not a range: " + text)))
        .toList();
  }

  private static String[] texts(List<AddressRange> ranges) {
    return ranges.stream().map(AddressRange::text).toArray(String[]::new);
  }
}

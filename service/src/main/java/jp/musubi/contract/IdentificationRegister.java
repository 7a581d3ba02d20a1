package jp.musubi.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.musubi.contract.Identification.Level;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's 本人確認の下限. */
@Service
@Transactional
public class IdentificationRegister {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  IdentificationRegister(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public IdentificationFloor current() {
    return jdbc.sql("select least, kinds_l2, kinds_l3, from_yen, dear from identification_floor")
        .query((row, _) -> floor(row))
        .optional()
        .orElse(IdentificationFloor.DEFAULT);
  }

  /** From now on this holds for all that is not sent yet; what was sent stays as it was sent. */
  public void change(IdentificationFloor floor, Actor by, @Nullable String clientIp) {
    var before = told(current());
    jdbc.sql(
            """
            insert into identification_floor (least, kinds_l2, kinds_l3, from_yen, dear, changed_at)
            values (:least, string_to_array(:l2, ','), string_to_array(:l3, ','), :from, :dear, :now)
            on conflict (tenant_id) do update
               set least = excluded.least, kinds_l2 = excluded.kinds_l2,
                   kinds_l3 = excluded.kinds_l3, from_yen = excluded.from_yen,
                   dear = excluded.dear, changed_at = excluded.changed_at
            """)
        .param("least", floor.always().name())
        .param("l2", kinds(floor, Level.L2))
        .param("l3", kinds(floor, Level.L3))
        .param(
            "from", floor.fromYen().isPresent() ? floor.fromYen().getAsLong() : null, Types.BIGINT)
        .param("dear", floor.dear().name())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    var changes = told(floor);
    changes.replaceAll((key, now) -> before.get(key) + " → " + now);
    audit.record(by, "settings.identification-changed", null, clientIp, changes);
  }

  private static IdentificationFloor floor(ResultSet row) throws SQLException {
    var kinds = new EnumMap<ContractKind, Level>(ContractKind.class);
    for (var kind : (String[]) row.getArray("kinds_l2").getArray()) {
      kinds.put(ContractKind.valueOf(kind), Level.L2);
    }
    for (var kind : (String[]) row.getArray("kinds_l3").getArray()) {
      kinds.put(ContractKind.valueOf(kind), Level.L3);
    }
    var from = row.getObject("from_yen", Long.class);
    return new IdentificationFloor(
        Level.valueOf(row.getString("least")),
        kinds,
        from == null ? OptionalLong.empty() : OptionalLong.of(from),
        Level.valueOf(row.getString("dear")));
  }

  private static String kinds(IdentificationFloor floor, Level of) {
    return floor.kinds().entrySet().stream()
        .filter(each -> each.getValue() == of)
        .map(each -> each.getKey().name())
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static Map<String, String> told(IdentificationFloor floor) {
    var told = new TreeMap<String, String>();
    told.put("least", floor.always().name());
    told.put("kinds", floor.kinds().isEmpty() ? "none" : new TreeMap<>(floor.kinds()).toString());
    told.put(
        "fromYen",
        floor.fromYen().isPresent()
            ? "%d %s".formatted(floor.fromYen().getAsLong(), floor.dear())
            : "none");
    return told;
  }
}

package jp.musubi.register;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's 任意項目. */
@Service
@Transactional
class Items {
  /** Most that are asked for at a time. */
  static final int MOST = 30;

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  Items(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** How an item is to be. */
  record Shape(
      String name, Item.Kind kind, boolean mandatory, boolean listed, List<String> choices) {}

  /** What became of it. */
  enum Outcome {
    /** It is so. */
    DONE,
    /** Another of that name is there. */
    NAME_TAKEN,
    /** There are as many as there may be. */
    TOO_MANY
  }

  /** All that ever were, in their order. */
  @Transactional(readOnly = true)
  public List<Item> all() {
    return jdbc.sql(
            """
            select id, name, kind, mandatory, listed, choices, retired_at is not null as retired
              from register_item order by place, id
            """)
        .query((row, _) -> item(row))
        .list();
  }

  /** Those that are asked for. */
  @Transactional(readOnly = true)
  public List<Item> open() {
    return all().stream().filter(item -> !item.retired()).toList();
  }

  /** One that is asked for. */
  @Transactional(readOnly = true)
  public Item get(UUID id) {
    return find(id).orElseThrow(() -> new NotFound("register item " + id));
  }

  private Optional<Item> find(UUID id) {
    return open().stream().filter(item -> item.id().equals(id)).findFirst();
  }

  /** Adds an item behind the others. */
  public Outcome add(Shape shape, Actor by, String clientIp) {
    if (open().size() >= MOST) {
      return Outcome.TOO_MANY;
    }
    var added =
        jdbc.sql(
                """
                insert into register_item (id, place, name, kind, mandatory, listed, choices,
                                           changed_at)
                select gen_random_uuid(), coalesce(max(place), 0) + 1, :name, :kind, :mandatory,
                       :listed, cast(:choices as text[]), :now
                  from register_item
                on conflict (tenant_id, fold(name)) where retired_at is null do nothing
                """)
            .param("name", shape.name())
            .param("kind", shape.kind().name())
            .param("mandatory", shape.mandatory())
            .param("listed", shape.listed())
            .param("choices", shape.choices().toArray(String[]::new))
            .param("now", Timestamp.from(clock.instant()))
            .update();
    if (added == 0) {
      return Outcome.NAME_TAKEN;
    }
    audit.record(by, "settings.register-item-added", null, clientIp, details(shape));
    return Outcome.DONE;
  }

  /** Changes all but the kind, which values were read by. */
  public Outcome change(Item item, Shape shape, Actor by, String clientIp) {
    var changed =
        jdbc.sql(
                """
                update register_item
                   set name = :name, mandatory = :mandatory, listed = :listed,
                       choices = cast(:choices as text[]), changed_at = :now
                 where id = :id and retired_at is null
                   and not exists (select from register_item o
                                    where o.id <> :id and o.retired_at is null
                                      and fold(o.name) = fold(:name))
                """)
            .param("name", shape.name())
            .param("mandatory", shape.mandatory())
            .param("listed", shape.listed())
            .param("choices", shape.choices().toArray(String[]::new))
            .param("now", Timestamp.from(clock.instant()))
            .param("id", item.id())
            .update();
    if (changed == 0) {
      return Outcome.NAME_TAKEN;
    }
    audit.record(by, "settings.register-item-changed", null, clientIp, details(shape));
    return Outcome.DONE;
  }

  /** Nobody is asked for it from now on; what was entered stays. */
  public void retire(UUID id, Actor by, String clientIp) {
    find(id)
        .ifPresent(item -> {
          jdbc.sql("update register_item set retired_at = :now, changed_at = :now where id = :id")
              .param("now", Timestamp.from(clock.instant()))
              .param("id", id)
              .update();
          audit.record(
              by, "settings.register-item-retired", null, clientIp, Map.of("name", item.name()));
        });
  }

  private static Map<String, String> details(Shape shape) {
    return Map.of(
        "name", shape.name(),
        "kind", shape.kind().name(),
        "mandatory", String.valueOf(shape.mandatory()),
        "listed", String.valueOf(shape.listed()),
        "choices", String.join("、", shape.choices()));
  }

  private static Item item(ResultSet row) throws SQLException {
    Array choices = row.getArray("choices");
    return new Item(
        row.getObject("id", UUID.class),
        row.getString("name"),
        Item.Kind.valueOf(row.getString("kind")),
        row.getBoolean("mandatory"),
        row.getBoolean("listed"),
        List.of((String[]) choices.getArray()),
        row.getBoolean("retired"));
  }
}

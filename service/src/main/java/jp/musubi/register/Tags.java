package jp.musubi.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractId;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's タグ, and what has which. */
@Service
@Transactional
class Tags {
  /** Most that are offered at a time. */
  static final int MOST = 50;

  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  Tags(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a tag. */
  enum Outcome {
    /** It is so. */
    DONE,
    /** Another of that name is there. */
    NAME_TAKEN,
    /** There are as many as there may be. */
    TOO_MANY
  }

  /** All that ever were, by name. */
  @Transactional(readOnly = true)
  public List<Tag> all() {
    return jdbc.sql("select id, name, colour, retired_at from tag order by fold(name), id")
        .query((row, _) -> tag(row))
        .list();
  }

  /** Those that may be put on. */
  @Transactional(readOnly = true)
  public List<Tag> open() {
    return all().stream().filter(tag -> !tag.retired()).toList();
  }

  /** One that may be put on. */
  @Transactional(readOnly = true)
  public Tag get(UUID id) {
    return open().stream()
        .filter(tag -> tag.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new NotFound("tag " + id));
  }

  /** Adds one. */
  public Outcome add(String name, Tag.Colour colour, Actor by, String clientIp) {
    if (open().size() >= MOST) {
      return Outcome.TOO_MANY;
    }
    var added =
        jdbc.sql(
                """
                insert into tag (id, name, colour, changed_at)
                values (gen_random_uuid(), :name, :colour, :now)
                on conflict (tenant_id, fold(name)) where retired_at is null do nothing
                """)
            .param("name", name)
            .param("colour", colour.name())
            .param("now", Timestamp.from(clock.instant()))
            .update();
    if (added == 0) {
      return Outcome.NAME_TAKEN;
    }
    audit.record(by, "settings.tag-added", null, clientIp, details(name, colour));
    return Outcome.DONE;
  }

  /** Names or colours it otherwise, on everything that has it. */
  public Outcome change(UUID id, String name, Tag.Colour colour, Actor by, String clientIp) {
    get(id);
    var changed =
        jdbc.sql(
                """
                update tag set name = :name, colour = :colour, changed_at = :now
                 where id = :id and retired_at is null
                   and not exists (select from tag o where o.id <> :id and o.retired_at is null
                                                       and fold(o.name) = fold(:name))
                """)
            .param("name", name)
            .param("colour", colour.name())
            .param("now", Timestamp.from(clock.instant()))
            .param("id", id)
            .update();
    if (changed == 0) {
      return Outcome.NAME_TAKEN;
    }
    audit.record(by, "settings.tag-changed", null, clientIp, details(name, colour));
    return Outcome.DONE;
  }

  /** Nobody puts it on from now on; what has it keeps it. */
  public void retire(UUID id, Actor by, String clientIp) {
    var tag = get(id);
    jdbc.sql("update tag set retired_at = :now, changed_at = :now where id = :id")
        .param("now", Timestamp.from(clock.instant()))
        .param("id", id)
        .update();
    audit.record(by, "settings.tag-retired", null, clientIp, details(tag.name(), tag.colour()));
  }

  /** What each of these contracts has, by name. */
  @Transactional(readOnly = true)
  public Map<UUID, List<Tag>> of(Collection<UUID> contracts) {
    var all = all().stream().collect(Collectors.toMap(Tag::id, tag -> tag));
    var found = new HashMap<UUID, List<UUID>>();
    jdbc.sql(
            """
            select contract_id, tag_id from contract_tag
             where contract_id = any(cast(:contracts as uuid[]))
            """)
        .param("contracts", contracts.toArray(UUID[]::new))
        .query(row -> {
          found
              .computeIfAbsent(row.getObject("contract_id", UUID.class), _ -> new ArrayList<>())
              .add(row.getObject("tag_id", UUID.class));
        });
    var order = all().stream().map(Tag::id).toList();
    return found.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each ->
                    order.stream()
                        .filter(each.getValue()::contains)
                        .map(id -> Objects.requireNonNull(all.get(id)))
                        .toList()));
  }

  /** Puts these on a contract and takes the others off; retired ones stay as they are. */
  public void put(ContractId contract, Set<UUID> wanted, Actor by, String clientIp) {
    var before = of(List.of(contract.value())).getOrDefault(contract.value(), List.of());
    var has = before.stream().map(Tag::id).collect(Collectors.toSet());
    var after = new HashSet<UUID>();
    before.stream().filter(Tag::retired).map(Tag::id).forEach(after::add);
    open().stream().map(Tag::id).filter(wanted::contains).forEach(after::add);
    if (after.equals(has)) {
      return;
    }
    jdbc.sql(
            """
            delete from contract_tag
             where contract_id = :contract and tag_id <> all(cast(:tags as uuid[]))
            """)
        .param("contract", contract.value())
        .param("tags", after.toArray(UUID[]::new))
        .update();
    jdbc.sql(
            """
            insert into contract_tag (contract_id, tag_id, put_at)
            select :contract, tag, :now from unnest(cast(:tags as uuid[])) tag
            on conflict do nothing
            """)
        .param("contract", contract.value())
        .param("tags", after.toArray(UUID[]::new))
        .param("now", Timestamp.from(clock.instant()))
        .update();
    var now = of(List.of(contract.value())).getOrDefault(contract.value(), List.of());
    audit.record(
        by,
        "contract.tagged",
        contract.value(),
        clientIp,
        Map.of("from", names(before), "to", names(now)));
  }

  /** 工事、至急. */
  static String names(List<Tag> tags) {
    return tags.stream().map(Tag::name).collect(Collectors.joining("、"));
  }

  private static Map<String, String> details(String name, Tag.Colour colour) {
    return Map.of("name", name, "colour", colour.name());
  }

  private static Tag tag(ResultSet row) throws SQLException {
    return new Tag(
        row.getObject("id", UUID.class),
        Objects.requireNonNull(row.getString("name")),
        Tag.Colour.valueOf(row.getString("colour")),
        row.getTimestamp("retired_at") != null);
  }
}

package jp.musubi.staff;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Role;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.NotFound;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What the lines of a checked list do, and how it is undone; joins the caller's transaction. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class TransferSteps {
  private final StaffStore store;
  private final Staff staff;
  private final Posts posts;
  private final Invitations invitations;
  private final OpenWork work;
  private final SectionRegister sections;
  private final AuditTrail audit;
  private final JdbcClient jdbc;
  private final NamedParameterJdbcOperations many;

  TransferSteps(
      StaffStore store,
      Staff staff,
      Posts posts,
      Invitations invitations,
      OpenWork work,
      SectionRegister sections,
      AuditTrail audit,
      JdbcClient jdbc,
      NamedParameterJdbcOperations many) {
    this.store = store;
    this.staff = staff;
    this.posts = posts;
    this.invitations = invitations;
    this.work = work;
    this.sections = sections;
    this.audit = audit;
    this.jdbc = jdbc;
    this.many = many;
  }

  /** One person of the list, and how they were before. */
  private record Case(
      TransferRow row,
      TransferRow.Kind kind,
      UUID person,
      StaffEntry before,
      Set<UUID> posts,
      Set<Role> roles) {}

  /** Newcomers first, so that somebody is there to take over; leavers last. */
  void apply(Transfer transfer, List<TransferRow> rows, Actor by, Instant now) {
    Map<String, UUID> codes =
        sections.codes().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    var ids = new HashMap<String, UUID>();
    jdbc.sql("select id, login_id from staff")
        .query((row, _) -> ids.put(row.getString("login_id"), row.getObject("id", UUID.class)))
        .list();
    var register = new Register(entries(), holdings(transfer), grants(), work.counts());
    var batch = new Batch();
    var cases = new ArrayList<Case>();
    for (var kind : TransferRow.Kind.values()) {
      for (var row : rows) {
        if (TransferRow.Kind.of(row.kind()).orElseThrow() == kind) {
          cases.add(begin(row, kind, ids, codes, register, batch));
        }
      }
    }
    for (var each : cases) {
      place(transfer, each, codes, by, now, batch);
    }
    flush(batch, by);
    for (var each : cases) {
      finish(transfer, each, ids, by, register, batch);
    }
    flush(batch, by);
  }

  /** The register before the list, read at once. */
  private record Register(
      Map<UUID, StaffEntry> entries,
      Map<UUID, Set<UUID>> posts,
      Map<UUID, Map<UUID, Set<Role>>> grants,
      Map<UUID, Integer> inHand) {}

  /** What is to be written, gathered so that thousands of lines are a few round trips. */
  private static final class Batch {
    final List<SqlParameterSource> updates = new ArrayList<>();
    final List<SqlParameterSource> moved = new ArrayList<>();
    final List<SqlParameterSource> ends = new ArrayList<>();
    final List<SqlParameterSource> grants = new ArrayList<>();
    final List<SqlParameterSource> effects = new ArrayList<>();
    final List<AuditTrail.Note> notes = new ArrayList<>();
  }

  private void flush(Batch batch, Actor by) {
    write(
        "update staff set name = :name, mail = :mail, section_id = :section where id = :id",
        batch.updates);
    // With the rights of another section one signs in anew (ASVS 7.2.4).
    write("delete from staff_session where staff_id = :id", batch.moved);
    write(
        """
        update role_grant set until_at = :now
         where staff_id = :id and section_id = :section and until_at is null
        """,
        batch.ends);
    write(
        """
        insert into role_grant (id, staff_id, role, section_id, from_at)
        values (gen_random_uuid(), :id, :role, :section, :now)
        """,
        batch.grants);
    write(TransferStore.TOOK_EFFECT, batch.effects);
    audit.recordAll(by, batch.notes);
    batch.notes.clear();
  }

  private void write(String sql, List<SqlParameterSource> rows) {
    if (!rows.isEmpty()) {
      many.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
      rows.clear();
    }
  }

  private Map<UUID, StaffEntry> entries() {
    return jdbc.sql("select * from staff").query((row, _) -> StaffEntry.of(row)).stream()
        .collect(Collectors.toMap(StaffEntry::id, entry -> entry));
  }

  private Map<UUID, Set<UUID>> holdings(Transfer transfer) {
    var held = new HashMap<UUID, Set<UUID>>();
    jdbc.sql(
            """
            select staff_id, post_id from post_holding
             where from_date < :on and (until_date is null or until_date > :on)
            """)
        .param("on", transfer.effectiveOn())
        .query((row, _) ->
            held.computeIfAbsent(row.getObject("staff_id", UUID.class), _ -> new HashSet<>())
                .add(row.getObject("post_id", UUID.class)))
        .list();
    return held;
  }

  private Map<UUID, Map<UUID, Set<Role>>> grants() {
    var held = new HashMap<UUID, Map<UUID, Set<Role>>>();
    jdbc.sql(
            """
            select staff_id, section_id, role from role_grant
             where until_at is null and section_id is not null
            """)
        .query((row, _) ->
            held.computeIfAbsent(row.getObject("staff_id", UUID.class), _ -> new HashMap<>())
                .computeIfAbsent(row.getObject("section_id", UUID.class), _ -> new HashSet<>())
                .add(Role.valueOf(row.getString("role"))))
        .list();
    return held;
  }

  private Case begin(
      TransferRow row,
      TransferRow.Kind kind,
      Map<String, UUID> ids,
      Map<String, UUID> codes,
      Register register,
      Batch batch) {
    if (kind == TransferRow.Kind.ADD) {
      var section = required(codes, row.sectionCode());
      var id =
          store
              .insert(row.loginId(), row.name(), row.mail(), section, staff.unusableHash())
              .orElseThrow(() -> new IllegalStateException("login id was free when checked"));
      ids.put(row.loginId(), id);
      register.entries().put(id, store.find(id).orElseThrow(() -> new NotFound("staff " + id)));
      batch.notes.add(note("staff.added", id, row));
    }
    var person = required(ids, row.loginId());
    var before = register.entries().get(person);
    if (before == null) {
      throw new NotFound("staff " + person);
    }
    return new Case(
        row,
        kind,
        person,
        before,
        register.posts().getOrDefault(person, Set.of()),
        register
            .grants()
            .getOrDefault(person, Map.of())
            .getOrDefault(before.sectionId(), Set.of()));
  }

  /** Section, name, rights and post. */
  private void place(
      Transfer transfer, Case each, Map<String, UUID> codes, Actor by, Instant now, Batch batch) {
    var row = each.row();
    switch (each.kind()) {
      case ADD -> {
        var section = required(codes, row.sectionCode());
        grant(each.person(), roles(row), section, now, batch);
        post(transfer, each, section, by);
        invitations.invite(each.person(), by, null);
      }
      case CHANGE -> {
        update(each, each.before().sectionId(), batch);
        batch.notes.add(note("staff.changed", each.person(), row));
      }
      case MOVE -> {
        var section = required(codes, row.sectionCode());
        update(each, section, batch);
        leavePosts(transfer, each);
        batch.moved.add(new MapSqlParameterSource("id", each.person()));
        batch.ends.add(
            new MapSqlParameterSource()
                .addValue("now", Timestamp.from(now))
                .addValue("id", each.person())
                .addValue("section", each.before().sectionId()));
        grant(
            each.person(), row.roles().isEmpty() ? each.roles() : roles(row), section, now, batch);
        post(transfer, each, section, by);
        batch.notes.add(note("staff.moved", each.person(), row));
      }
      case RETIRE -> {
        leavePosts(transfer, each);
        store.setActive(each.person(), false, now);
        store.endSessions(each.person());
        invitations.revokeAll(each.person());
        batch.notes.add(note("staff.disabled", each.person(), row));
      }
    }
  }

  private static void update(Case each, UUID section, Batch batch) {
    var row = each.row();
    batch.updates.add(
        new MapSqlParameterSource()
            .addValue("id", each.person())
            .addValue("name", row.name().isEmpty() ? each.before().name() : row.name())
            .addValue("mail", row.mail().isEmpty() ? each.before().mail() : row.mail())
            .addValue("section", section));
  }

  /** Open work follows the line's 後任, or else whoever now holds the post that was left. */
  private void finish(
      Transfer transfer,
      Case each,
      Map<String, UUID> ids,
      Actor by,
      Register register,
      Batch batch) {
    var moved = each.kind() == TransferRow.Kind.MOVE;
    var leaves =
        (moved || each.kind() == TransferRow.Kind.RETIRE)
            && register.inHand().getOrDefault(each.person(), 0) > 0;
    var heir = leaves ? heir(transfer, each, ids) : Optional.<UUID>empty();
    var section = moved ? each.before().sectionId() : null;
    List<UUID> given =
        heir.map(to -> work.handOver(each.person(), to, section, by, null)).orElseGet(List::of);
    var before =
        new TransferStore.Before(
            each.kind() == TransferRow.Kind.ADD,
            each.before().name(),
            each.before().mail(),
            each.before().sectionId(),
            moved
                ? each.roles().stream().map(role -> role + "/" + each.before().sectionId()).toList()
                : List.of(),
            List.copyOf(each.posts()),
            heir.orElse(null),
            given);
    batch.effects.add(
        TransferStore.effect(
            transfer.id(),
            each.row().line(),
            each.person(),
            before,
            leaves ? work.count(each.person()) : 0));
  }

  private Optional<UUID> heir(Transfer transfer, Case each, Map<String, UUID> ids) {
    if (!each.row().successor().isEmpty()) {
      return Optional.of(required(ids, each.row().successor()));
    }
    return each.posts().stream()
        .flatMap(post -> posts.holdersOn(post, transfer.effectiveOn()).stream())
        .map(Posts.Holding::staff)
        .filter(holder -> !holder.equals(each.person()))
        .findFirst();
  }

  void rollBack(Transfer transfer, List<TransferStore.StoredRow> rows, Actor by, Instant now) {
    var applied = transfer.appliedAt().orElseThrow();
    // Whoever came into a post by the list leaves it before anybody gets it back.
    var people =
        rows.stream()
            .map(stored ->
                (SqlParameterSource)
                    new MapSqlParameterSource()
                        .addValue("id", stored.staff().orElseThrow())
                        .addValue("on", transfer.effectiveOn())
                        .addValue("now", Timestamp.from(now))
                        .addValue("applied", Timestamp.from(applied)))
            .toList();
    write(
        "update post_holding set until_date = from_date where staff_id = :id and from_date = :on",
        new ArrayList<>(people));
    write(
        """
        update role_grant set until_at = :now
         where staff_id = :id and from_at = :applied and until_at is null
        """,
        new ArrayList<>(people));
    var batch = new Batch();
    for (var stored : rows) {
      restore(transfer, stored, by, now, batch);
    }
    flush(batch, by);
  }

  private void restore(
      Transfer transfer, TransferStore.StoredRow stored, Actor by, Instant now, Batch batch) {
    var person = stored.staff().orElseThrow();
    var before = stored.before().orElseThrow();
    if (before.added()) {
      store.setActive(person, false, now);
      store.endSessions(person);
      invitations.revokeAll(person);
    } else {
      batch.updates.add(
          new MapSqlParameterSource()
              .addValue("id", person)
              .addValue("name", before.name())
              .addValue("mail", before.mail())
              .addValue("section", before.section()));
      if (TransferRow.Kind.of(stored.row().kind()).orElseThrow() == TransferRow.Kind.RETIRE) {
        store.setActive(person, true, now);
      }
      for (var grant : before.grants()) {
        var parts = grant.split("/", 2);
        grant(person, Set.of(Role.valueOf(parts[0])), UUID.fromString(parts[1]), now, batch);
      }
      for (var post : before.posts()) {
        jdbc.sql(
                """
                update post_holding set until_date = null
                 where post_id = :post and staff_id = :person and until_date = :on
                   and from_date < :on
                """)
            .param("post", post)
            .param("person", person)
            .param("on", transfer.effectiveOn())
            .update();
      }
      if (before.heir() != null) {
        work.giveBack(before.handedOver(), before.heir(), person, by);
      }
    }
    batch.notes.add(note("staff.restored", person, stored.row()));
  }

  /** What a line did to whom, with all it said. */
  private static AuditTrail.Note note(String action, UUID person, TransferRow row) {
    return new AuditTrail.Note(
        action,
        Map.of(
            "staff", person.toString(),
            "loginId", row.loginId(),
            "section", row.sectionCode(),
            "post", row.post(),
            "roles", row.roles(),
            "line", String.valueOf(row.line())));
  }

  private void post(Transfer transfer, Case each, UUID section, Actor by) {
    if (!each.row().post().isEmpty()) {
      var post =
          jdbc.sql(
                  """
                  select id from post
                   where section_id = :section and title = :title and closed_on is null
                  """)
              .param("section", section)
              .param("title", each.row().post())
              .query(UUID.class)
              .single();
      posts.place(post, each.person(), transfer.effectiveOn(), by, null);
    }
  }

  private void leavePosts(Transfer transfer, Case each) {
    if (each.posts().isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update post_holding set until_date = greatest(from_date, cast(:on as date))
             where staff_id = :person and from_date < :on
               and (until_date is null or until_date > :on)
            """)
        .param("on", transfer.effectiveOn())
        .param("person", each.person())
        .update();
  }

  private static Set<Role> roles(TransferRow row) {
    return TransferCheck.roles(row.roles())
        .orElseThrow(() -> new IllegalStateException("roles were readable when checked"));
  }

  private static void grant(UUID person, Set<Role> roles, UUID section, Instant now, Batch batch) {
    for (var role : roles) {
      batch.grants.add(
          new MapSqlParameterSource()
              .addValue("id", person)
              .addValue("role", role.name())
              .addValue("section", section)
              .addValue("now", Timestamp.from(now)));
    }
  }

  private static UUID required(Map<String, UUID> keys, String name) {
    var key = keys.get(name);
    if (key == null) {
      throw new IllegalStateException(name + " was there when the list was checked");
    }
    return key;
  }
}

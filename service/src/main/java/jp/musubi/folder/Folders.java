package jp.musubi.folder;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's フォルダ, as somebody may see and change them. */
@Service
@Transactional
class Folders {
  private final JdbcClient jdbc;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final Clock clock;

  Folders(JdbcClient jdbc, Organisations organisations, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.organisations = organisations;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a folder. */
  sealed interface Outcome {
    /** It is so. */
    record Done(UUID id) implements Outcome {}

    /** It stays as it was. */
    record Refused(FolderRefusal reason) implements Outcome {}
  }

  /**
   * The folders of which somebody may know. Of 親展 that does not name them, who governs the cabinet
   * knows the name: otherwise a folder whose readers have left would be lost to all.
   */
  @Transactional(readOnly = true)
  public Map<UUID, Standing> of(StaffMember who) {
    var seeing = Authorisation.reach(who, Act.SEE_CONTRACT);
    var keeping = Authorisation.reach(who, Act.KEEP_FOLDERS);
    var governing = Authorisation.reach(who, Act.OPEN_FOLDERS);
    var standings = new LinkedHashMap<UUID, Standing>();
    jdbc.sql(
            """
            select f.id, f.section_id, f.parent_id, f.name, f.confined, f.reached, f.kept,
                   f.governed
              from (
                select f.*,
                       (:everywhere
                         or f.section_id in (
                              select * from sections_covered(cast(:roots as uuid[]), :today))
                         or f.id in (select * from folders_opened(cast(:roots as uuid[]), :today)))
                       and f.id not in (select * from folders_kept_from(:person)) as reached,
                       :keepingAll or f.section_id in (
                         select * from sections_covered(cast(:keeping as uuid[]), :today)) as kept,
                       :governingAll or f.section_id in (
                         select * from sections_covered(cast(:governing as uuid[]), :today))
                         as governed
                  from folder f) f
             where f.reached or f.governed
             order by f.name, f.id
            """)
        .param("everywhere", seeing.everywhere())
        .param("roots", seeing.rootArray())
        .param("keepingAll", keeping.everywhere())
        .param("keeping", keeping.rootArray())
        .param("governingAll", governing.everywhere())
        .param("governing", governing.rootArray())
        .param("person", who.id())
        .param("today", organisations.today())
        .query(row -> {
          var folder = folder(row);
          var seen = row.getBoolean("reached");
          standings.put(
              folder.id(),
              new Standing(
                  folder, seen, seen && row.getBoolean("kept"), row.getBoolean("governed")));
        });
    return standings;
  }

  /** One that somebody may see, change or open. */
  @Transactional(readOnly = true)
  public Standing get(UUID id, StaffMember who, Predicate<Standing> standing) {
    return Optional.ofNullable(of(who).get(id))
        .filter(standing)
        .orElseThrow(() -> new NotFound("folder " + id + " for staff " + who.id()));
  }

  /** Those whom a condition on the standing lets through. */
  @Transactional(readOnly = true)
  public FolderTree tree(StaffMember who, Predicate<Standing> standing) {
    return new FolderTree(
        of(who).values().stream().filter(standing).map(Standing::folder).toList());
  }

  /** A section in whose cabinet somebody may make folders. */
  @Transactional(readOnly = true)
  public boolean keeps(UUID section, StaffMember who) {
    var reach = Authorisation.reach(who, Act.KEEP_FOLDERS);
    return reach.everywhere()
        || organisations.pathOf(section).stream().anyMatch(reach.roots()::contains);
  }

  /** Makes a folder in a cabinet, or in a folder that its maker may change. */
  public Outcome make(
      UUID section, @Nullable UUID parent, String name, StaffMember by, String clientIp) {
    lock();
    if (!keeps(section, by)) {
      throw new NotFound("section " + section + " for staff " + by.id());
    }
    if (parent != null) {
      get(parent, by, Standing::kept);
    }
    var refusal = all().refuses(null, section, parent).or(() -> taken(null, section, parent, name));
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into folder (id, section_id, parent_id, name, made_at)
            values (:id, :section, cast(:parent as uuid), :name, :now)
            """)
        .param("id", id)
        .param("section", section)
        .param("parent", parent)
        .param("name", name)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by.actor(),
        "folder.made",
        null,
        clientIp,
        Map.of("folder", id.toString(), "name", all().fullName(id)));
    return new Outcome.Done(id);
  }

  /** Names it otherwise, and puts it elsewhere in its cabinet. */
  public Outcome change(
      UUID id, @Nullable UUID parent, String name, StaffMember by, String clientIp) {
    lock();
    var folder = get(id, by, Standing::kept).folder();
    if (parent != null && !parent.equals(folder.parent())) {
      get(parent, by, Standing::kept);
    }
    var tree = all();
    var before = tree.fullName(id);
    var refusal =
        tree.refuses(id, folder.section(), parent)
            .or(() -> taken(id, folder.section(), parent, name));
    if (refusal.isPresent()) {
      return new Outcome.Refused(refusal.get());
    }
    if (!name.equals(folder.name()) || !Objects.equals(parent, folder.parent())) {
      jdbc.sql("update folder set name = :name, parent_id = cast(:parent as uuid) where id = :id")
          .param("name", name)
          .param("parent", parent)
          .param("id", id)
          .update();
      audit.record(
          by.actor(),
          "folder.changed",
          null,
          clientIp,
          Map.of("folder", id.toString(), "from", before, "to", all().fullName(id)));
    }
    return new Outcome.Done(id);
  }

  /** Takes an empty folder away. */
  public Optional<FolderRefusal> remove(UUID id, StaffMember by, String clientIp) {
    lock();
    get(id, by, Standing::kept);
    var name = all().fullName(id);
    var gone =
        jdbc.sql(
                """
                delete from folder f where f.id = :id
                   and not exists (select from folder o where o.parent_id = f.id)
                   and not exists (select from folder_contract c where c.folder_id = f.id)
                """)
            .param("id", id)
            .update();
    if (gone == 0) {
      return Optional.of(FolderRefusal.NOT_EMPTY);
    }
    audit.record(
        by.actor(),
        "folder.removed",
        null,
        clientIp,
        Map.of("folder", id.toString(), "name", name));
    return Optional.empty();
  }

  /** All of the body, for the rules of the tree and for the record; never to be shown. */
  FolderTree all() {
    return new FolderTree(
        jdbc.sql("select id, section_id, parent_id, name, confined from folder order by name, id")
            .query((row, _) -> folder(row))
            .list());
  }

  /** One change of a body's folders at a time, so that what was looked at stays so. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('folders/' || current_tenant(), 85))")
        .query((_, _) -> true)
        .single();
  }

  /** By the same function as the index that keeps two of one name apart. */
  private Optional<FolderRefusal> taken(
      @Nullable UUID id, UUID section, @Nullable UUID parent, String name) {
    return jdbc.sql(
            """
            select 1 from folder
             where section_id = :section and parent_id is not distinct from cast(:parent as uuid)
               and fold(name) = fold(:name) and id is distinct from cast(:id as uuid)
            """)
        .param("section", section)
        .param("parent", parent)
        .param("name", name)
        .param("id", id)
        .query((_, _) -> FolderRefusal.NAME_TAKEN)
        .optional();
  }

  private static Folder folder(ResultSet row) throws SQLException {
    return new Folder(
        row.getObject("id", UUID.class),
        row.getObject("section_id", UUID.class),
        row.getObject("parent_id", UUID.class),
        row.getString("name"),
        row.getBoolean("confined"));
  }
}

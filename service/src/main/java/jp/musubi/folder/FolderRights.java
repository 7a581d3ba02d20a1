package jp.musubi.folder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** フォルダの権限. To which sections a folder is opened, and whom its 親展 names. */
@Service
@Transactional
class FolderRights {
  /** Most sections, and most people. */
  static final int MOST = 50;

  private final JdbcClient jdbc;
  private final Folders folders;
  private final Organisations organisations;
  private final AuditTrail audit;

  FolderRights(JdbcClient jdbc, Folders folders, Organisations organisations, AuditTrail audit) {
    this.jdbc = jdbc;
    this.folders = folders;
    this.organisations = organisations;
    this.audit = audit;
  }

  /**
   * The rights of a folder, those of folders above it aside.
   *
   * @param sections 公開先
   * @param readers whom 親展 names; empty where it is none
   */
  record Rights(Set<UUID> sections, boolean confined, Set<UUID> readers) {

    /** Keeps its own copies. */
    Rights {
      sections = Set.copyOf(sections);
      readers = Set.copyOf(readers);
    }
  }

  /** A member of staff as they are named in a list. */
  record Named(UUID id, String login, String name) {}

  /** As they are now. */
  @Transactional(readOnly = true)
  public Rights of(Folder folder) {
    return new Rights(
        Set.copyOf(
            jdbc.sql("select section_id from folder_opening where folder_id = :folder")
                .param("folder", folder.id())
                .query(UUID.class)
                .list()),
        folder.confined(),
        readers(folder).stream().map(Named::id).collect(Collectors.toSet()));
  }

  /** Whom it names. */
  @Transactional(readOnly = true)
  public List<Named> readers(Folder folder) {
    return jdbc.sql(
            """
            select s.id, s.login_id, s.name
              from folder_reader r join staff s on s.tenant_id = r.tenant_id and s.id = r.staff_id
             where r.folder_id = :folder order by s.login_id
            """)
        .param("folder", folder.id())
        .query((row, _) -> named(row))
        .list();
  }

  /** Who of the body's staff signs in by these names. */
  @Transactional(readOnly = true)
  public List<Named> byLogin(List<String> logins) {
    return jdbc.sql(
            """
            select id, login_id, name from staff
             where login_id = any(cast(:logins as text[])) order by login_id
            """)
        .param("logins", logins.toArray(String[]::new))
        .query((row, _) -> named(row))
        .list();
  }

  /** From now on it is so, for what lies in it and below. */
  public Optional<FolderRefusal> change(UUID id, Rights rights, StaffMember by, String clientIp) {
    folders.lock();
    var standing = folders.get(id, by, Standing::governed);
    var before = of(standing.folder());
    var refusal = refuses(standing, before, rights, by.id());
    if (refusal.isPresent() || before.equals(rights)) {
      return refusal;
    }
    jdbc.sql("update folder set confined = :confined where id = :id")
        .param("confined", rights.confined())
        .param("id", id)
        .update();
    replace("folder_opening", "section_id", id, rights.sections());
    replace("folder_reader", "staff_id", id, rights.readers());
    audit.record(
        by.actor(),
        "folder.rights-changed",
        null,
        clientIp,
        Map.of(
            "folder",
            id.toString(),
            "name",
            folders.all().fullName(id),
            "sections",
            sectionNames(before) + " → " + sectionNames(rights),
            "confined",
            before.confined() + " → " + rights.confined(),
            "readers",
            ids(before.readers()) + " → " + ids(rights.readers())));
    return Optional.empty();
  }

  /** Pure: whether somebody may make the rights of a folder these. */
  static Optional<FolderRefusal> refuses(Standing standing, Rights before, Rights rights, UUID by) {
    if (rights.confined() && rights.readers().isEmpty()) {
      return Optional.of(FolderRefusal.NOBODY_NAMED);
    }
    // Who governs a cabinet keeps its 親展 from being lost, and does not let themselves in.
    var lifts = before.confined() && !rights.confined();
    var letsIn = rights.readers().contains(by) && !before.readers().contains(by);
    return !standing.seen() && (lifts || letsIn)
        ? Optional.of(FolderRefusal.NOT_NAMED_ONESELF)
        : Optional.empty();
  }

  /** Table and column are ours, never typed. */
  private void replace(String table, String column, UUID folder, Set<UUID> all) {
    jdbc.sql("delete from " + table + " where folder_id = :folder")
        .param("folder", folder)
        .update();
    jdbc.sql(
            "insert into %s (folder_id, %s) select :folder, unnest(cast(:all as uuid[]))"
                .formatted(table, column))
        .param("folder", folder)
        .param("all", all.toArray(UUID[]::new))
        .update();
  }

  private String sectionNames(Rights rights) {
    return rights.sections().stream()
        .flatMap(section -> organisations.section(section).stream())
        .map(Section::name)
        .sorted()
        .collect(Collectors.joining("、"));
  }

  private static String ids(Set<UUID> people) {
    return people.stream().map(UUID::toString).sorted().collect(Collectors.joining(" "));
  }

  private static Named named(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Named(
        row.getObject("id", UUID.class), row.getString("login_id"), row.getString("name"));
  }
}

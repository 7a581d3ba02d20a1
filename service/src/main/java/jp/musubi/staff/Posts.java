package jp.musubi.staff;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 職. What a post carries goes to whoever holds it on the day, so that what waits for 道路課長 waits for
 * the new one from the day of the transfer on.
 */
@Service
@Transactional
public class Posts {
  private final JdbcClient jdbc;
  private final StaffRegister register;
  private final Organisations organisations;
  private final AuditTrail audit;

  Posts(JdbcClient jdbc, StaffRegister register, Organisations organisations, AuditTrail audit) {
    this.jdbc = jdbc;
    this.register = register;
    this.organisations = organisations;
    this.audit = audit;
  }

  /** Who holds a post, and since when. */
  public record Holding(UUID staff, String name, LocalDate from, Optional<LocalDate> until) {}

  /**
   * A post.
   *
   * @param carries roles its holder has within the post's section
   * @param holder who holds it today; the longest-serving where several do
   */
  public record Post(
      UUID id, UUID section, String title, Set<Role> carries, Optional<Holding> holder) {

    /** Keeps its own copy. */
    public Post {
      carries = Set.copyOf(carries);
    }
  }

  /** The posts of a section. */
  @Transactional(readOnly = true)
  public List<Post> of(UUID section) {
    return jdbc
        .sql(
            """
            select id, section_id, title, carries from post
             where section_id = :section and closed_on is null order by title
            """)
        .param("section", section)
        .query((row, _) -> post(row))
        .stream()
        .map(this::withHolder)
        .toList();
  }

  /** One post. */
  @Transactional(readOnly = true)
  public Post get(UUID id) {
    return jdbc.sql(
            "select id, section_id, title, carries from post where id = :id and closed_on is null")
        .param("id", id)
        .query((row, _) -> post(row))
        .optional()
        .map(this::withHolder)
        .orElseThrow(() -> new NotFound("post " + id));
  }

  /** Everybody who held, holds or will hold it, the newest first. */
  @Transactional(readOnly = true)
  public List<Holding> holdings(UUID post) {
    return jdbc.sql(
            """
            select h.staff_id, s.name, h.from_date, h.until_date
              from post_holding h join staff s on s.tenant_id = h.tenant_id and s.id = h.staff_id
             where h.post_id = :post and (h.until_date is null or h.until_date > h.from_date)
             order by h.from_date desc
            """)
        .param("post", post)
        .query((row, _) ->
            new Holding(
                row.getObject("staff_id", UUID.class),
                row.getString("name"),
                row.getObject("from_date", LocalDate.class),
                Optional.ofNullable(row.getObject("until_date", LocalDate.class))))
        .list();
  }

  /** Who holds the post on a day: whom an approval that waits for the post waits for. */
  @Transactional(readOnly = true)
  public List<Holding> holdersOn(UUID post, LocalDate day) {
    return holdings(post).stream()
        .filter(holding ->
            !day.isBefore(holding.from()) && holding.until().map(day::isBefore).orElse(true))
        .toList();
  }

  /** The posts somebody holds today, with their sections. */
  @Transactional(readOnly = true)
  public List<Post> heldBy(UUID person) {
    return jdbc.sql(
            """
            select p.id, p.section_id, p.title, p.carries
              from post p join post_holding h on h.tenant_id = p.tenant_id and h.post_id = p.id
             where h.staff_id = :person and p.closed_on is null and h.from_date <= :today
               and (h.until_date is null or h.until_date > :today)
            """)
        .param("person", person)
        .param("today", organisations.today())
        .query((row, _) -> post(row))
        .list();
  }

  /** Opens a post in a section; empty when its title is taken there. */
  public Optional<UUID> open(
      UUID section, String title, Set<Role> carries, Actor actor, @Nullable String clientIp) {
    if (organisations.section(section).isEmpty()) {
      throw new NotFound("section " + section);
    }
    var id = UUID.randomUUID();
    var added =
        jdbc.sql(
                """
                insert into post (id, section_id, title, carries)
                values (:id, :section, :title, cast(:carries as text[]))
                on conflict (tenant_id, section_id, title) do nothing
                """)
            .param("id", id)
            .param("section", section)
            .param("title", title)
            .param("carries", carries.stream().map(Role::name).toArray(String[]::new))
            .update();
    if (added == 0) {
      return Optional.empty();
    }
    audit.record(
        actor,
        "post.opened",
        null,
        clientIp,
        Map.of("post", id.toString(), "title", title, "carries", carries.toString()));
    return Optional.of(id);
  }

  /** Somebody holds the post from a day on, instead of whoever held it. Empty when it is done. */
  public Optional<StaffRefusal> assign(
      StaffMember giver, UUID post, UUID person, LocalDate from, @Nullable String clientIp) {
    var held = get(post);
    for (var role : held.carries()) {
      var refusal = register.refuses(giver, person, Grant.within(role, held.section()));
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    if (!register.get(person).active()) {
      return Optional.of(new StaffRefusal.Ended());
    }
    place(post, person, from, giver.actor(), clientIp);
    return Optional.empty();
  }

  /** Writes who holds a post from a day on; what the giver may was asked before. */
  void place(UUID post, UUID person, LocalDate from, Actor actor, @Nullable String clientIp) {
    jdbc.sql(
            """
            update post_holding set until_date = greatest(from_date, cast(:from as date))
             where post_id = :post and (until_date is null or until_date > :from)
            """)
        .param("from", from)
        .param("post", post)
        .update();
    jdbc.sql(
            """
            insert into post_holding (post_id, staff_id, from_date) values (:post, :staff, :from)
            on conflict (tenant_id, post_id, staff_id, from_date) do update set until_date = null
            """)
        .param("post", post)
        .param("staff", person)
        .param("from", from)
        .update();
    audit.record(
        actor,
        "post.assigned",
        null,
        clientIp,
        Map.of("post", post.toString(), "staff", person.toString(), "from", from.toString()));
  }

  private Post withHolder(Post post) {
    return new Post(
        post.id(),
        post.section(),
        post.title(),
        post.carries(),
        holdersOn(post.id(), organisations.today()).stream().reduce((_, last) -> last));
  }

  private static Post post(ResultSet row) throws SQLException {
    var carries = (String[]) row.getArray("carries").getArray();
    return new Post(
        row.getObject("id", UUID.class),
        row.getObject("section_id", UUID.class),
        row.getString("title"),
        Arrays.stream(carries).map(Role::valueOf).collect(Collectors.toUnmodifiableSet()),
        Optional.empty());
  }
}

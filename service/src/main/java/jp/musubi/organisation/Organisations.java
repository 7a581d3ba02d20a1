package jp.musubi.organisation;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The bodies, and within the current one its sections and offices. */
@Component
@Transactional(readOnly = true)
public class Organisations {
  private final JdbcClient jdbc;
  private final Clock clock;

  Organisations(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** All bodies by code: the choice on the sign-in page. What is being erased is none any more. */
  public List<Body> bodies() {
    return jdbc.sql(
            """
            select id, code, name, phone, kind, usable_from, usable_until from body
             where erasing_since is null order by kind, code
            """)
        .query((row, _) ->
            new Body(
                new TenantId(row.getObject("id", UUID.class)),
                row.getString("code"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("kind").equals("OPERATOR"),
                row.getObject("usable_from", LocalDate.class),
                row.getObject("usable_until", LocalDate.class)))
        .list();
  }

  /** The body with this 団体コード. */
  public Optional<Body> bodyByCode(String code) {
    return bodies().stream().filter(body -> body.code().equals(code)).findFirst();
  }

  /** The body with this key. */
  public Optional<Body> body(TenantId id) {
    return bodies().stream().filter(body -> body.id().equals(id)).findFirst();
  }

  /**
   * The current body.
   *
   * @throws NotFound when it is being erased
   */
  public Body current() {
    var tenant = Tenancy.required();
    return body(tenant).orElseThrow(() -> new NotFound("body " + tenant));
  }

  /**
   * A section of the current body as it was on {@code day}, its name spelled from the top. After it
   * was closed it is told as it was last; before it was opened, as it was first.
   */
  public Optional<Section> section(UUID id, LocalDate day) {
    return jdbc.sql(
            """
            with recursive seen as (
              select t.section_id, t.parent_id, t.name, t.phone, t.mail, 0 as height
                from section_term t where t.section_id = :id
                 and t.from_date = coalesce(
                       (select max(from_date) from section_term
                         where section_id = :id and from_date <= :day),
                       (select min(from_date) from section_term where section_id = :id))
              union all
              select t.section_id, t.parent_id, t.name, t.phone, t.mail, seen.height + 1
                from seen join section_term t on t.section_id = seen.parent_id
                 and t.from_date = coalesce(
                       (select max(from_date) from section_term
                         where section_id = t.section_id and from_date <= :day),
                       (select min(from_date) from section_term where section_id = t.section_id))
               where seen.height < 50
            )
            select (select code from section where id = :id) as code,
                   string_agg(name, ' ' order by height desc) as name,
                   max(phone) filter (where height = 0) as phone,
                   max(mail) filter (where height = 0) as mail,
                   count(*) as levels
              from seen
            """)
        .param("id", id)
        .param("day", day)
        .query((row, _) ->
            row.getInt("levels") == 0
                ? Optional.<Section>empty()
                : Optional.of(
                    new Section(
                        id,
                        row.getString("code"),
                        row.getString("name"),
                        row.getString("phone"),
                        row.getString("mail"))))
        .single();
  }

  /** A section as it is today. */
  public Optional<Section> section(UUID id) {
    return section(id, today());
  }

  /** A section and all above it today, the nearest first; after a closure through its successor. */
  public List<UUID> pathOf(UUID section) {
    return jdbc.sql("select id from section_path(:section, :day) order by height")
        .param("section", section)
        .param("day", today())
        .query((row, _) -> row.getObject("id", UUID.class))
        .list();
  }

  /** The day it is in Japan. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), JapaneseDates.ZONE);
  }

  /**
   * Whether the current body's term of use covers today. Asked at each request, and so of its own
   * row alone.
   */
  public boolean isUsable() {
    return jdbc.sql(
            """
            select exists (select from body
                            where id = current_tenant()
                              and (usable_from is null or usable_from <= :today)
                              and (usable_until is null or usable_until > :today))
            """)
        .param("today", today())
        .query(Boolean.class)
        .single();
  }

  /** The offices of the current body that somebody holds on {@code day}. */
  public List<Office> officesHeldOn(LocalDate day) {
    return jdbc.sql(
            """
            select o.id, o.title, t.holder_id, t.holder_name
              from office o
              join office_term t on t.tenant_id = o.tenant_id and t.office_id = o.id
             where t.from_date <= :day and (t.until_date is null or t.until_date > :day)
             order by o.title
            """)
        .param("day", day)
        .query((row, _) ->
            new Office(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getObject("holder_id", UUID.class),
                row.getString("holder_name")))
        .list();
  }

  /** The office with its holder on {@code day}, if somebody holds it then. */
  public Optional<Office> officeHeldOn(UUID id, LocalDate day) {
    return officesHeldOn(day).stream().filter(office -> office.id().equals(id)).findFirst();
  }
}

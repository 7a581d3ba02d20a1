package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.TenantId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The bodies, and within the current one its sections and offices. */
@Component
@Transactional(readOnly = true)
public class Organisations {
  private final JdbcClient jdbc;

  Organisations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** All bodies by code: the choice on the sign-in page. */
  public List<Body> bodies() {
    return jdbc.sql("select id, code, name, phone from body order by code")
        .query((row, _) ->
            new Body(
                new TenantId(row.getObject("id", UUID.class)),
                row.getString("code"),
                row.getString("name"),
                row.getString("phone")))
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

  /** A section of the current body, its name spelled from the top. */
  public Optional<Section> section(UUID id) {
    return jdbc.sql(
            """
            with recursive up as (
              select id, parent_id, name, phone, 0 as height from section where id = :id
              union all
              select s.id, s.parent_id, s.name, s.phone, up.height + 1
                from section s join up on s.id = up.parent_id
            )
            select string_agg(name, ' ' order by height desc) as name,
                   max(phone) filter (where height = 0) as phone,
                   count(*) as levels
              from up
            """)
        .param("id", id)
        .query((row, _) ->
            row.getInt("levels") == 0
                ? Optional.<Section>empty()
                : Optional.of(new Section(id, row.getString("name"), row.getString("phone"))))
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

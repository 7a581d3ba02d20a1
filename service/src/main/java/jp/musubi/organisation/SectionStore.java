package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The sections of the current body and their terms, as rows; nothing is judged here. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SectionStore {
  private final JdbcClient jdbc;

  SectionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One change of a body's tree at a time, so that what was looked at stays so. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('sections/' || current_tenant(), 20))")
        .query((_, _) -> true)
        .single();
  }

  List<SectionTerm> terms() {
    return jdbc.sql(
            """
            select section_id, from_date, until_date, parent_id, name, phone, mail
              from section_term order by section_id, from_date
            """)
        .query((row, _) ->
            new SectionTerm(
                row.getObject("section_id", UUID.class),
                row.getObject("from_date", LocalDate.class),
                row.getObject("until_date", LocalDate.class),
                row.getObject("parent_id", UUID.class),
                row.getString("name"),
                row.getString("phone"),
                row.getString("mail")))
        .list();
  }

  Map<UUID, String> codes() {
    return jdbc
        .sql("select id, code from section")
        .query((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getString("code")))
        .stream()
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** A key for a new section; false when another has the code. */
  boolean add(UUID id, String code) {
    return jdbc.sql(
                """
                insert into section (id, code) values (:id, :code)
                on conflict (tenant_id, code) do nothing
                """)
            .param("id", id)
            .param("code", code)
            .update()
        == 1;
  }

  void begin(UUID id, SectionRegister.Shape shape, LocalDate from) {
    jdbc.sql(
            """
            insert into section_term (section_id, from_date, parent_id, name, phone, mail)
            values (:id, :from, cast(:parent as uuid), :name, cast(:phone as text),
                    cast(:mail as text))
            """)
        .param("id", id)
        .param("from", from)
        .param("parent", shape.parent())
        .param("name", shape.name())
        .param("phone", shape.phone())
        .param("mail", shape.mail())
        .update();
  }

  void endOpenTerm(UUID id, LocalDate on) {
    jdbc.sql(
            "update section_term set until_date = :on where section_id = :id and until_date is null")
        .param("on", on)
        .param("id", id)
        .update();
  }

  void succeed(UUID id, UUID successor) {
    jdbc.sql("update section set successor_id = :successor where id = :id")
        .param("successor", successor)
        .param("id", id)
        .update();
  }
}

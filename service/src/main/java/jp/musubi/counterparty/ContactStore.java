package jp.musubi.counterparty;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.platform.ConcurrentChange;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who acts for the suppliers of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class ContactStore {
  private final JdbcClient jdbc;

  ContactStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(UUID id, UUID supplier, Supplier.Person person, Instant now) {
    jdbc.sql(
            """
            insert into supplier_contact (id, supplier_id, name, title, mail, capacity, until,
                                          created_at)
            values (:id, :supplier, :name, :title, :mail, :capacity, :until, :now)
            """)
        .param("id", id)
        .param("supplier", supplier)
        .param("name", person.name())
        .param("title", person.title())
        .param("mail", person.mail())
        .param("capacity", person.capacity().name())
        .param("until", person.until().orElse(null))
        .param("now", Timestamp.from(now))
        .update();
  }

  void update(UUID contact, int version, Supplier.Person person) {
    one(
        contact,
        jdbc.sql(
                """
                update supplier_contact
                   set name = :name, title = :title, mail = :mail, capacity = :capacity,
                       until = :until, version = version + 1
                 where id = :id and version = :version and ended_at is null
                """)
            .param("name", person.name())
            .param("title", person.title())
            .param("mail", person.mail())
            .param("capacity", person.capacity().name())
            .param("until", person.until().orElse(null))
            .param("id", contact)
            .param("version", version)
            .update());
  }

  void end(UUID contact, Instant now) {
    one(
        contact,
        jdbc.sql(
                """
                update supplier_contact set ended_at = :now, version = version + 1
                 where id = :id and ended_at is null
                """)
            .param("now", Timestamp.from(now))
            .param("id", contact)
            .update());
  }

  /** Of several suppliers at once, those who no longer act behind the others. */
  Map<UUID, List<Supplier.Contact>> of(List<UUID> suppliers) {
    record Owned(UUID supplier, Supplier.Contact contact) {}
    return jdbc
        .sql(
            """
            select supplier_id, id, name, title, mail, capacity, until, version, ended_at
              from supplier_contact
             where supplier_id = any(:suppliers) order by ended_at is not null, created_at, id
            """)
        .param("suppliers", suppliers.toArray(UUID[]::new))
        .query((row, _) ->
            new Owned(
                row.getObject("supplier_id", UUID.class),
                new Supplier.Contact(
                    row.getObject("id", UUID.class),
                    new Supplier.Person(
                        row.getString("name"),
                        row.getString("title"),
                        row.getString("mail"),
                        Supplier.Capacity.valueOf(row.getString("capacity")),
                        Optional.ofNullable(row.getObject("until", LocalDate.class))),
                    row.getInt("version"),
                    Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant))))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Owned::supplier, Collectors.mapping(Owned::contact, Collectors.toList())));
  }

  private static void one(UUID id, int updated) {
    if (updated != 1) {
      throw new ConcurrentChange("contact " + id + " is not as it was read");
    }
  }
}

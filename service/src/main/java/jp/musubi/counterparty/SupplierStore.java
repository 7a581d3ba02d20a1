package jp.musubi.counterparty;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.ConcurrentChange;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The suppliers of the current body, as rows. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class SupplierStore {
  private static final String COLUMNS =
      """
      select id, name, corporate_number, address, phone, notes, code, version, created_at,
             ended_at, end_reason
        from supplier
      """;

  private final JdbcClient jdbc;
  private final ContactStore contacts;

  SupplierStore(JdbcClient jdbc, ContactStore contacts) {
    this.jdbc = jdbc;
    this.contacts = contacts;
  }

  /** Keeps others from adding to the register until the transaction ends. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_tenant()::text, 59))")
        .query((_, _) -> true)
        .single();
  }

  void insert(UUID id, Supplier.Details details, Instant now) {
    jdbc.sql(
            """
            insert into supplier (id, name, name_key, corporate_number, address, phone, notes,
                                  code, created_at)
            values (:id, :name, :key, :number, :address, :phone, :notes, :code, :now)
            """)
        .param("id", id)
        .param("name", details.name())
        .param("key", OrganisationNames.key(details.name()))
        .param("number", details.number().map(CorporateNumber::digits).orElse(null))
        .param("address", details.address())
        .param("phone", details.phone())
        .param("notes", details.notes())
        .param("code", details.code())
        .param("now", Timestamp.from(now))
        .update();
  }

  /** Writes over the version that was read. */
  void update(UUID id, int version, Supplier.Details details) {
    one(
        id,
        jdbc.sql(
                """
                update supplier
                   set name = :name, name_key = :key, corporate_number = :number,
                       address = :address, phone = :phone, notes = :notes, code = :code,
                       version = version + 1
                 where id = :id and version = :version and ended_at is null
                """)
            .param("name", details.name())
            .param("key", OrganisationNames.key(details.name()))
            .param("number", details.number().map(CorporateNumber::digits).orElse(null))
            .param("address", details.address())
            .param("phone", details.phone())
            .param("notes", details.notes())
            .param("code", details.code())
            .param("id", id)
            .param("version", version)
            .update());
  }

  void end(UUID id, String reason, Instant now) {
    one(
        id,
        jdbc.sql(
                """
                update supplier set ended_at = :now, end_reason = :reason, version = version + 1
                 where id = :id and ended_at is null
                """)
            .param("now", Timestamp.from(now))
            .param("reason", reason)
            .param("id", id)
            .update());
  }

  Optional<Supplier> find(UUID id) {
    return withContacts(
            jdbc.sql(COLUMNS + " where id = :id")
                .param("id", id)
                .query((row, _) -> supplier(row))
                .list())
        .stream()
        .findFirst();
  }

  /** Those whose name, number, address of mail or contact has the words. */
  List<Supplier> search(String words, boolean ended, int limit) {
    var plain = Normalizer.normalize(words, Normalizer.Form.NFKC).strip();
    return withContacts(
        jdbc.sql(
                COLUMNS
                    + """
                     where (ended_at is not null) = :ended
                       and (:words = '' or name like :like escape '!'
                            or (:key <> '' and name_key like :keyLike escape '!')
                            or corporate_number = :number or (code <> '' and code = :words)
                            or exists (select from supplier_contact c
                                        where c.supplier_id = supplier.id and c.ended_at is null
                                          and (lower(c.mail) like :mail escape '!'
                                               or c.name like :like escape '!')))
                     order by name_key, name, id limit :limit
                    """)
            .param("ended", ended)
            .param("words", plain)
            .param("like", "%" + escaped(words.strip()) + "%")
            .param("key", OrganisationNames.key(plain))
            .param("keyLike", "%" + escaped(OrganisationNames.key(plain)) + "%")
            .param("number", CorporateNumber.parse(plain).map(CorporateNumber::digits).orElse(""))
            .param("mail", "%" + escaped(plain.toLowerCase(Locale.ROOT)) + "%")
            .param("limit", limit)
            .query((row, _) -> supplier(row))
            .list());
  }

  /** The live ones with this very address among their contacts. */
  List<Supplier> byMail(String mail) {
    return withContacts(
        jdbc.sql(
                COLUMNS
                    + """
                     where ended_at is null
                       and id in (select supplier_id from supplier_contact
                                   where lower(mail) = :mail and ended_at is null)
                     order by name_key, id
                    """)
            .param("mail", mail.toLowerCase(Locale.ROOT))
            .query((row, _) -> supplier(row))
            .list());
  }

  /** The live ones with one of these 業者番号 or 法人番号. */
  List<Supplier> numbered(Collection<String> codes, Collection<String> numbers) {
    return withContacts(
        jdbc.sql(
                COLUMNS
                    + """
                     where ended_at is null
                       and (code <> '' and code = any(cast(:codes as text[]))
                            or corporate_number = any(cast(:numbers as text[])))
                     order by name_key, id
                    """)
            .param("codes", codes.toArray(String[]::new))
            .param("numbers", numbers.toArray(String[]::new))
            .query((row, _) -> supplier(row))
            .list());
  }

  /** All live ones, as they are compared. */
  List<NearMiss.Known> known() {
    return jdbc.sql(
            """
            select s.id, s.name, s.corporate_number,
                   array(select c.mail from supplier_contact c
                          where c.tenant_id = s.tenant_id and c.supplier_id = s.id
                            and c.ended_at is null order by c.mail) as mails
              from supplier s where s.ended_at is null order by s.name_key, s.id
            """)
        .query((row, _) ->
            new NearMiss.Known(
                row.getObject("id", UUID.class),
                row.getString("name"),
                number(row),
                Arrays.asList((String[]) row.getArray("mails").getArray())))
        .list();
  }

  private List<Supplier> withContacts(List<Supplier> bare) {
    var acting = contacts.of(bare.stream().map(Supplier::id).toList());
    return bare.stream()
        .map(each ->
            new Supplier(
                each.id(),
                each.details(),
                each.version(),
                each.createdAt(),
                each.endedAt(),
                each.endReason(),
                acting.getOrDefault(each.id(), List.of())))
        .toList();
  }

  private static Supplier supplier(ResultSet row) throws SQLException {
    return new Supplier(
        row.getObject("id", UUID.class),
        new Supplier.Details(
            row.getString("name"),
            number(row),
            row.getString("address"),
            row.getString("phone"),
            row.getString("notes"),
            row.getString("code")),
        row.getInt("version"),
        row.getTimestamp("created_at").toInstant(),
        instant(row, "ended_at"),
        Optional.ofNullable(row.getString("end_reason")),
        List.of());
  }

  private static Optional<CorporateNumber> number(ResultSet row) throws SQLException {
    return Optional.ofNullable(row.getString("corporate_number")).map(CorporateNumber::new);
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static String escaped(String words) {
    return words.replaceAll("([!%_])", "!$1");
  }

  private static void one(UUID id, int updated) {
    if (updated != 1) {
      throw new ConcurrentChange("supplier or contact " + id + " is not as it was read");
    }
  }
}

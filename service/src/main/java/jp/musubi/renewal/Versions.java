package jp.musubi.renewal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.renewal.RenewalPlan;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes and reads the versions of the current body's files. */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class Versions {
  private final JdbcClient jdbc;

  Versions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Appends a version; a second one of the same ordinal is an error. */
  void add(ContractId contract, Version version) {
    jdbc.sql(
            """
            insert into protection (contract_id, file, ordinal, sha256, stamped_at, authority,
                                    algorithms, ends_at, cause, why, asked_name, recorded_at)
            values (:contract, :file, :ordinal, :sha256, :stampedAt, :authority,
                    cast(:algorithms as text[]), :endsAt, :cause, :why, :asked, :now)
            """)
        .param("contract", contract.value())
        .param("file", version.kind().name())
        .param("ordinal", version.ordinal())
        .param("sha256", version.sha256().hex())
        .param("stampedAt", Timestamp.from(version.stampedAt()))
        .param("authority", version.authority())
        .param("algorithms", version.algorithms().toArray(String[]::new))
        .param("endsAt", Timestamp.from(version.endsAt()))
        .param("cause", version.cause().name())
        .param("why", version.why().name())
        .param("asked", version.asked().orElse(null))
        .param("now", Timestamp.from(version.recordedAt()))
        .update();
    jdbc.sql(
            """
            insert into timestamp_source (name, seen_at) values (:name, :now)
            on conflict do nothing
            """)
        .param("name", version.authority())
        .param("now", Timestamp.from(version.recordedAt()))
        .update();
  }

  /** Says that these bytes are about to be stored for a contract. */
  void announce(ContractId contract, Sha256 file, Instant now) {
    jdbc.sql(
            """
            insert into protection_made (contract_id, sha256, made_at)
            values (:contract, :sha256, :now) on conflict do nothing
            """)
        .param("contract", contract.value())
        .param("sha256", file.hex())
        .param("now", Timestamp.from(now))
        .update();
  }

  /** All versions of a contract's files, each file's newest last. */
  List<Version> of(ContractId contract) {
    return jdbc.sql(
            """
            select * from protection where contract_id = :contract
             order by array_position(array['FINAL', 'CERTIFICATE', 'CERTIFICATE_COPY'], file), ordinal
            """)
        .param("contract", contract.value())
        .query((row, _) -> version(row))
        .list();
  }

  /** The newest of each file. */
  List<Version> newest(ContractId contract) {
    var all = of(contract);
    return all.stream()
        .filter(each ->
            all.stream()
                .noneMatch(
                    other -> other.kind() == each.kind() && other.ordinal() > each.ordinal()))
        .toList();
  }

  /** As it is handed out: the newest version of a concluded file. */
  Sha256 newest(ContractId contract, Sha256 concluded) {
    return Sha256.parse(
        jdbc.sql("select newest_version(current_tenant(), :contract, :sha256)")
            .param("contract", contract.value())
            .param("sha256", concluded.hex())
            .query(String.class)
            .single());
  }

  /** Concluded contracts of which nothing was noted yet, the oldest first. */
  List<ContractId> unknown(Instant now, int most) {
    return jdbc.sql(
            """
            select c.id from contract c
             where c.state = 'CONCLUDED'
               and not exists (select from protection p
                                where p.tenant_id = c.tenant_id and p.contract_id = c.id)
               and not exists (select from protection_work w
                                where w.tenant_id = c.tenant_id and w.contract_id = c.id
                                  and w.next_at > :now)
             order by c.concluded_at, c.id limit :most
            """)
        .param("now", Timestamp.from(now))
        .param("most", most)
        .query((row, _) -> new ContractId(row.getObject(1, UUID.class)))
        .list();
  }

  /** What is to be renewed: first what somebody asked for, then what ends first. */
  List<ContractId> due(Instant now, int most) {
    return jdbc.sql(
            """
            select p.contract_id
              from contract_protection p
              join contract c on c.tenant_id = p.tenant_id and c.id = p.contract_id
                             and c.state = 'CONCLUDED'
              left join protection_work w on w.tenant_id = p.tenant_id
                                         and w.contract_id = p.contract_id
             where (p.due_at <= :now or w.asked_at is not null) and coalesce(w.next_at, :now) <= :now
             order by w.asked_at is null, p.ends_at, p.contract_id limit :most
            """)
        .param("now", Timestamp.from(now))
        .param("most", most)
        .query((row, _) -> new ContractId(row.getObject(1, UUID.class)))
        .list();
  }

  /** Until when a contract can be verified, and why no longer; empty while nobody looked. */
  Optional<Standing> standing(ContractId contract) {
    return jdbc.sql(
            """
            select p.ends_at, p.due_at, p.cause, p.renewals, w.trouble, w.asked_at is not null as asked
              from contract_protection p
              left join protection_work w on w.tenant_id = p.tenant_id
                                         and w.contract_id = p.contract_id
             where p.contract_id = :contract
            """)
        .param("contract", contract.value())
        .query((row, _) ->
            new Standing(
                row.getTimestamp("ends_at").toInstant(),
                row.getTimestamp("due_at").toInstant(),
                Objects.requireNonNull(row.getString("cause")),
                row.getInt("renewals"),
                Optional.ofNullable(row.getString("trouble")),
                row.getBoolean("asked")))
        .optional();
  }

  /** When a version ends, by what it rests on and by what operators were told of since. */
  Instant end(Version version) {
    return jdbc.sql(
            """
            select least(cast(:endsAt as timestamptz), (
                     select min(l.ends_at) from protection_limit l
                      where l.withdrawn_at is null
                        and ((l.kind = 'AUTHORITY' and l.name = :authority)
                             or (l.kind = 'ALGORITHM'
                                 and l.name = any (cast(:algorithms as text[]))))))
            """)
        .param("endsAt", Timestamp.from(version.endsAt()))
        .param("authority", version.authority())
        .param("algorithms", version.algorithms().toArray(String[]::new))
        .query((row, _) -> row.getTimestamp(1).toInstant())
        .single();
  }

  /** Nobody disposes of the contract before the caller's transaction ends; false if it was. */
  boolean kept(ContractId contract) {
    return jdbc.sql("select state from contract where id = :id for share")
        .param("id", contract.value())
        .query(String.class)
        .single()
        .equals("CONCLUDED");
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        Version.Kind.valueOf(row.getString("file")),
        row.getInt("ordinal"),
        Sha256.parse(row.getString("sha256")),
        row.getTimestamp("stamped_at").toInstant(),
        Objects.requireNonNull(row.getString("authority")),
        List.of((String[]) row.getArray("algorithms").getArray()),
        row.getTimestamp("ends_at").toInstant(),
        RenewalPlan.Cause.valueOf(row.getString("cause")),
        Version.Why.valueOf(row.getString("why")),
        Optional.ofNullable(row.getString("asked_name")),
        row.getTimestamp("recorded_at").toInstant());
  }
}

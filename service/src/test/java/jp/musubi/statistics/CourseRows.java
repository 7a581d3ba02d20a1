package jp.musubi.statistics;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.contract.ContractKind;
import org.jspecify.annotations.Nullable;

/** Rows of contracts and of what happened to them, in batches and past triggers. */
final class CourseRows implements AutoCloseable {
  private final TestBody body;
  private final Connection connection;
  private final PreparedStatement contracts;
  private final PreparedStatement parties;
  private final PreparedStatement agreements;
  private final PreparedStatement approvals;
  private final PreparedStatement reminders;
  private final PreparedStatement papers;

  CourseRows(TestBody body, Connection connection) throws SQLException {
    this.body = body;
    this.connection = connection;
    try (var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
    }
    connection.setAutoCommit(false);
    contracts =
        connection.prepareStatement(
            """
            insert into contract (tenant_id, id, number, state, kind, title, section_id, clerk_id,
                                  office_id, file_name, document_sha256, prepared_sha256, pages,
                                  created_at, dispatched_at, deadline, concluded_at, ended_at,
                                  final_sha256, certificate_sha256, certificate_masked_sha256)
            select ?, ?, ?, ?, ?, '件名', ?, ?, ?, 'x.pdf', repeat('a', 64), repeat('a', 64), 1,
                   cast(? as timestamptz), cast(? as timestamptz),
                   timestamptz '2030-01-01 00:00+09', s.concluded_at, cast(? as timestamptz), s.final, s.final,
                   s.final
              from (select cast(? as timestamptz) as concluded_at) t,
                   lateral (select t.concluded_at,
                                   case when t.concluded_at is not null
                                        then repeat('a', 64) end as final) s
            """);
    parties =
        connection.prepareStatement(
            """
            insert into party (tenant_id, id, contract_id, ordinal, turn, kind, capacity,
                               organisation, name)
            values (?, ?, ?, ?, ?, ?, ?, '株式会社 見本建設', '例田 一郎')
            """);
    agreements =
        connection.prepareStatement(
            """
            insert into agreement (tenant_id, id, contract_id, party_id, ordinal, document_sha256,
                                   agreed_at, authentication, level, consent_text, client_ip,
                                   user_agent)
            values (?, gen_random_uuid(), ?, ?, ?, repeat('a', 64), ?, 'PASSWORD', 'L3', '同意',
                    '192.0.2.1', 'test')
            """);
    approvals =
        connection.prepareStatement(
            """
            insert into approval (tenant_id, id, contract_id, route_id, version, document_sha256,
                                  content_sha256, decision_number, decision_day, rebuilt_sha256,
                                  asked_by, asked_at, state, settled_at, settled_by)
            select ?, gen_random_uuid(), ?, gen_random_uuid(), 0, repeat('a', 64), repeat('a', 64),
                   '', cast(? as date), repeat('a', 64), ?, cast(? as timestamptz),
                   case when t.at is null then 'UNDER_WAY' else 'APPROVED' end, t.at,
                   case when t.at is not null then cast(? as uuid) end
              from (select cast(? as timestamptz) as at) t
            """);
    reminders =
        connection.prepareStatement(
            """
            insert into reminder (tenant_id, party_id, round, number, contract_id, due_at, sent_at)
            values (?, ?, 1, ?, ?, ?, ?)
            """);
    papers =
        connection.prepareStatement(
            """
            insert into paper_conclusion (tenant_id, contract_id, number, concluded_on, kept_at,
                                          recorded_at)
            values (?, ?, ?, ?, '', now())
            """);
  }

  void flush() throws SQLException {
    for (var each : List.of(contracts, parties, agreements, approvals, reminders, papers)) {
      each.executeBatch();
    }
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    flush();
    connection.setAutoCommit(true);
    try (var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = origin");
    }
  }

  void contract(
      UUID id,
      String state,
      ContractKind kind,
      UUID section,
      Instant made,
      @Nullable Instant sent,
      @Nullable Instant concluded,
      @Nullable Instant ended)
      throws SQLException {
    set(
        contracts,
        body.id().value(),
        id,
        "S-" + id,
        state,
        kind.name(),
        section,
        body.clerk(),
        body.office(),
        at(made),
        at(sent),
        at(ended),
        at(concluded));
  }

  void party(UUID party, UUID contract, int turn, String kind) throws SQLException {
    set(
        parties,
        body.id().value(),
        party,
        contract,
        turn,
        turn,
        kind,
        kind.equals("COUNTERPARTY") ? "AUTHORITY" : null);
  }

  void agreement(UUID contract, UUID party, int ordinal, @Nullable Instant agreed)
      throws SQLException {
    set(agreements, body.id().value(), contract, party, ordinal, at(agreed));
  }

  void approval(
      UUID contract, @Nullable LocalDate decided, Instant asked, @Nullable Instant settled)
      throws SQLException {
    set(
        approvals,
        body.id().value(),
        contract,
        decided,
        body.clerk(),
        at(asked),
        body.mayor(),
        at(settled));
  }

  void reminder(UUID contract, UUID party, int letter, Instant sent) throws SQLException {
    set(reminders, body.id().value(), party, letter, contract, at(sent), at(sent));
  }

  void paper(UUID contract, int time, LocalDate day) throws SQLException {
    set(papers, body.id().value(), contract, time, day);
  }

  private static @Nullable Timestamp at(@Nullable Instant moment) {
    return moment == null ? null : Timestamp.from(moment);
  }

  private static void set(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (var i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.addBatch();
  }
}

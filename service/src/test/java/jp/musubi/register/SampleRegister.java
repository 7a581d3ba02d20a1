package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.TestBody;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes {@link SampleContracts} of a body by COPY, past triggers: ten million in some minutes. */
final class SampleRegister {
  private static final String CONTRACTS =
      """
      copy contract (tenant_id, id, number, state, title, section_id, clerk_id, file_name,
                     document_sha256, pages, created_at, amount, contract_date, period_from,
                     period_until, folded) from stdin
      """;
  private static final String PARTIES =
      """
      copy party (tenant_id, id, contract_id, ordinal, turn, kind, capacity, organisation, name)
      from stdin
      """;

  /** Below this it is quicker to keep the indexes. */
  private static final int MANY = 500_000;

  private static final int AT_ONCE = 100_000;

  private final long seed;
  private final Map<String, String> folded = new HashMap<>();

  SampleRegister(long seed) {
    this.seed = seed;
  }

  /** Writes so many. What is folded by pieces is compared with what the service would have. */
  void write(Connection connection, TestBody body, List<UUID> sections, int count)
      throws SQLException, IOException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "insert into vault_object values ('%s', repeat('a', 64), 1, 'application/pdf', now(), 1) on conflict do nothing"
              .formatted(body.id().value()));
      statement.execute("set session_replication_role = replica");
      statement.execute("set maintenance_work_mem = '512MB'");
      fold(connection);
      var indexes = count >= MANY ? dropped(connection) : List.<String>of();
      copy(connection, body, sections, count);
      for (var index : indexes) {
        statement.execute(index);
      }
      statement.execute("set session_replication_role = origin");
      statement.execute("vacuum analyze contract");
      statement.execute("vacuum analyze party");
      try (var wrong =
          statement.executeQuery(
              """
              select count(*) from (select * from contract where tenant_id = '%s' limit 2000) c
               where c.folded is distinct from
                     concat(fold(c.title), E'\\n', fold(c.number), E'\\n',
                            folded_counterparties(c.tenant_id, c.id))
              """
                  .formatted(body.id().value()))) {
        assertThat(wrong.next()).isTrue();
        assertThat(wrong.getInt(1)).isZero();
      }
    }
  }

  private void copy(Connection connection, TestBody body, List<UUID> sections, int count)
      throws SQLException, IOException {
    var random = new Random(seed);
    var api = connection.unwrap(PGConnection.class).getCopyAPI();
    var samples = new SampleContracts(seed, count, sections.size()).all().iterator();
    while (samples.hasNext()) {
      var parties = new ArrayList<String>();
      CopyIn contracts = api.copyIn(CONTRACTS);
      for (var i = 0; i < AT_ONCE && samples.hasNext(); i++) {
        var sample = samples.next();
        var id = new UUID(random.nextLong(), random.nextLong());
        send(contracts, contract(body, id, sections.get(sample.section()), sample));
        parties.add(
            String.join(
                "\t",
                body.id().toString(),
                new UUID(random.nextLong(), random.nextLong()).toString(),
                id.toString(),
                "1\t1\tCOUNTERPARTY\tAUTHORITY",
                sample.organisation(),
                sample.name() + " 一郎"));
      }
      contracts.endCopy();
      CopyIn into = api.copyIn(PARTIES);
      for (var party : parties) {
        send(into, party);
      }
      into.endCopy();
    }
  }

  private String contract(TestBody body, UUID id, UUID section, SampleContracts.Sample sample) {
    var day = LocalDate.ofInstant(sample.createdAt(), ZoneOffset.UTC);
    return String.join(
        "\t",
        body.id().toString(),
        id.toString(),
        sample.code(),
        "DRAFT",
        sample.title(),
        section.toString(),
        body.clerk().toString(),
        "x.pdf",
        "a".repeat(64),
        "1",
        sample.createdAt().toString(),
        sample.amount().map(String::valueOf).orElse("\\N"),
        sample.contractDate().map(LocalDate::toString).orElse("\\N"),
        day.toString(),
        day.plusDays(sample.days()).toString(),
        folded(sample));
  }

  private String folded(SampleContracts.Sample sample) {
    return "令和"
        + sample.year()
        + "年度"
        + folded.get(sample.town())
        + folded.get(sample.place())
        + folded.get(sample.work())
        + "(ソノ"
        + sample.part()
        + ")\\n"
        + sample.code().toLowerCase(java.util.Locale.ROOT)
        + "\\n"
        + folded
            .getOrDefault(sample.form(), "")
            .formatted(folded.get(sample.name()) + folded.get(sample.trade()))
        + "\\t"
        + folded.get(sample.name())
        + "一郎";
  }

  private void fold(Connection connection) throws SQLException {
    try (var fold = connection.prepareStatement("select fold(?)")) {
      var pieces =
          Stream.of(
                  SampleContracts.TOWNS,
                  SampleContracts.PLACES,
                  SampleContracts.WORKS,
                  SampleContracts.NAMES,
                  SampleContracts.TRADES,
                  SampleContracts.FORMS,
                  List.of(SampleContracts.RARE))
              .flatMap(List::stream)
              .toList();
      for (var piece : pieces) {
        fold.setString(1, piece);
        try (var row = fold.executeQuery()) {
          assertThat(row.next()).isTrue();
          folded.put(piece, row.getString(1));
        }
      }
    }
  }

  /** The indexes that no constraint stands on, as they can be made again. */
  private static List<String> dropped(Connection connection) throws SQLException {
    var made = new ArrayList<String>();
    var drops = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select pg_get_indexdef(i.indexrelid), i.indexrelid::regclass::text from pg_index i
                 where i.indrelid in ('contract'::regclass, 'party'::regclass)
                   and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
                """)) {
      while (rows.next()) {
        made.add(rows.getString(1));
        drops.add("drop index " + rows.getString(2));
      }
    }
    try (var statement = connection.createStatement()) {
      for (var drop : drops) {
        statement.execute(drop);
      }
    }
    return made;
  }

  private static void send(CopyIn copy, String line) throws SQLException {
    var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
  }
}

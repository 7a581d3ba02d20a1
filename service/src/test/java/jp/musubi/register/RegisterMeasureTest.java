package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Reach;
import jp.musubi.index.Packing;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.FormReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.LinkedMultiValueMap;

/**
 * The figures of ADR 0065: {@code ./musubi bench register}, on a machine that does nothing else.
 * Each size is written when it is done, and left alone when it is there already; nothing is
 * asserted of a time.
 */
@ServiceTest
@EnabledIfSystemProperty(named = "musubi.register.rows", matches = "[\\d,]+")
@DisplayName("契約台帳の計測")
class RegisterMeasureTest {
  private static final int ROUNDS = 100;

  /** What takes seconds is asked less often: at least so many rounds, and no longer than this. */
  private static final int FEW_ROUNDS = 5;

  private static final Duration ENOUGH = Duration.ofSeconds(20);
  private static final Duration WARM = Duration.ofSeconds(2);
  private static final int EXPORTED = 100_000;
  private static final int WRITTEN = 2_000;
  private static final List<String> WORDS = List.of("舗装", "清掃", "点検", "測量", "保守");

  @Autowired RegisterSearch search;
  @Autowired RegisterCsv csv;
  @Autowired Packing packing;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  private final List<UUID> sections = new ArrayList<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private TestBody body;
  private Reach whole;
  private int contracts;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    whole = reach(true, Set.of());
    sections.clear();
  }

  @Test
  @DisplayName("計測：検索、件数、CSV、書込み、ほかの方法")
  void measures() throws Exception {
    var out = Path.of(System.getProperty("musubi.register.out", "target"));
    var file = new RegisterFigures(Files.createDirectories(out));
    for (var size : System.getProperty("musubi.register.rows", "").split(",", -1)) {
      contracts = Integer.parseInt(size);
      aBody();
      if (file.has(contracts)) {
        continue;
      }
      rows.clear();
      measure();
      file.add(rows);
    }
    assertThat(file.sizes()).isNotEmpty();
  }

  private void measure() throws Exception {
    for (var i = 0; i < 20; i++) {
      sections.add(TestPeople.section(body, "M" + i, "計測" + i + "課", body.section()));
    }
    try (var connection = ServiceTest.RealParts.database().superuser()) {
      once(
          "generated",
          () -> {
            new SampleRegister(39).write(connection, body, sections, contracts);
            return contracts;
          });
      once(
          "index built",
          () -> {
            while (Tenancy.in(body.id(), () -> packing.step())) {
              // A block of contracts each.
            }
            return contracts;
          });
      run(connection, "vacuum analyze search_posting, search_block, search_pending");
      size(connection, "contract", "contract");
      size(connection, "party", "party");
      size(connection, "search_block", "search_block");
      size(connection, "search_posting", "search_posting");
      ours();
      naive("like");
      exported();
      written(connection);
      trigrams(connection);
    }
  }

  /** What is asked: of five words, five years and four sections, in turn. */
  private record Question(String word, int year, UUID section) {}

  private Question question(Random random) {
    return new Question(
        WORDS.get(random.nextInt(WORDS.size())),
        3 + random.nextInt(5),
        sections.get(random.nextInt(4)));
  }

  private String[] typed(Question question) {
    return new String[] {
      "words", question.word(),
      "contractDateFrom", "R%d.4.1".formatted(question.year()),
      "contractDateUntil", "R%d.3.31".formatted(question.year() + 1),
      "section", question.section().toString()
    };
  }

  private void ours() throws SQLException {
    var random = new Random(39);
    timed(
        "musubi",
        "two letters, one year, one section",
        "first page",
        () -> search.page(whole, query(typed(question(random))), null, 50));
    timed(
        "musubi",
        "two letters, one year, one section",
        "count",
        () -> search.count(whole, query(typed(question(random)))));
    for (var asked :
        Map.of(
                "two letters", "舗装",
                "one letter", "橋",
                "six letters", "舗装修繕工事",
                "two words", "舗装 髙橋建設",
                "a rare word", "接種会場",
                "a word that is nowhere", "無い語")
            .entrySet()) {
      var query = query("words", asked.getValue());
      timed("musubi", asked.getKey(), "first page", () -> search.page(whole, query, null, 50));
      timed("musubi", asked.getKey(), "count", () -> search.count(whole, query));
    }
    var few = reach(false, Set.of(sections.getLast()));
    var query = query("words", "舗装");
    timed(
        "musubi",
        "two letters, by somebody of one section",
        "first page",
        () -> search.page(few, query, null, 50));
    timed(
        "musubi",
        "two letters, by somebody of one section",
        "count",
        () -> search.count(few, query));
    // Statements that see different moments do not ask the index: each contract is compared.
    timed(
        "compared",
        "two letters, one year, one section",
        "first page",
        () ->
            transactions.execute(
                _ -> search.page(whole, query(typed(question(random))), null, 50)));
    timed(
        "compared",
        "a word that is nowhere",
        "first page",
        () -> transactions.execute(_ -> search.page(whole, query("words", "無い語"), null, 50)));
  }

  /** The same questions by {@code like}, as the service's role. */
  private void naive(String way) throws SQLException {
    var random = new Random(39);
    timed(way, "two letters, one year, one section", "first page", () -> like(question(random)));
    for (var asked : Map.of("six letters", "舗装修繕工事", "a word that is nowhere", "無い語").entrySet()) {
      timed(
          way,
          asked.getKey(),
          "first page",
          () ->
              transactions.execute(_ -> jdbc.sql(like(asked.getValue())).query(UUID.class).list()));
    }
  }

  private List<UUID> like(Question question) {
    return transactions.execute(_ -> jdbc.sql(likeSql(question)).query(UUID.class).list());
  }

  private String likeSql(Question question) {
    return """
    select c.id from contract c
     where c.tenant_id = '%s' and c.folded like '%%%s%%' and c.section_id = '%s'
       and c.contract_date between date '%d-04-01' and date '%d-03-31'
     order by c.created_at desc, c.id desc limit 51
    """
        .formatted(
            body.id(),
            question.word(),
            question.section(),
            2018 + question.year(),
            2019 + question.year());
  }

  private String like(String word) {
    return """
    select c.id from contract c
     where c.tenant_id = '%s' and c.folded like '%%%s%%'
     order by c.created_at desc, c.id desc limit 51
    """
        .formatted(body.id(), word);
  }

  /** What an index of trigrams does, for the service's role and for one that passes rows. */
  private void trigrams(Connection connection) throws Exception {
    run(connection, "create extension if not exists pg_trgm");
    run(connection, "set maintenance_work_mem = '512MB'");
    once(
        "trigram index built",
        () -> {
          run(connection, "create index measured on contract using gin (folded gin_trgm_ops)");
          return contracts;
        });
    try {
      run(connection, "analyze contract");
      size(connection, "measured", "trigram index");
      naive("trigram");
      var random = new Random(39);
      var way = "trigram, past row security";
      timed(
          way,
          "two letters, one year, one section",
          "first page",
          () -> read(connection, likeSql(question(random))));
      timed(way, "six letters", "first page", () -> read(connection, like("舗装修繕工事")));
      timed(way, "a word that is nowhere", "first page", () -> read(connection, like("無い語")));
    } finally {
      run(connection, "drop index measured");
    }
  }

  private void exported() throws Exception {
    var days = query("contractDateFrom", "R3.4.1", "contractDateUntil", last());
    var lines = new AtomicInteger();
    once(
        "csv",
        () -> {
          Tenancy.in(
              body.id(),
              () -> {
                csv.write(
                    whole,
                    days,
                    Letters.UTF_8,
                    new OutputStream() {
                      @Override
                      public void write(int each) {
                        lines.addAndGet(each == '\n' ? 1 : 0);
                      }

                      @Override
                      public void write(byte[] bytes, int from, int length) {
                        IntStream.range(from, from + length).forEach(i -> write(bytes[i]));
                      }
                    });
                return true;
              });
          return lines.get() - 1;
        });
  }

  /** A day until which there are about as many contracts as are to be exported. */
  private String last() {
    return Tenancy.in(
        body.id(),
        () ->
            transactions.execute(_ ->
                jdbc.sql(
                        """
                        select max(contract_date)::text from (
                          select contract_date from contract where contract_date is not null
                           order by contract_date limit :most) c
                        """)
                    .param("most", EXPORTED)
                    .query(String.class)
                    .single()));
  }

  /** Contracts with a party each, with the triggers of the index and without them. */
  private void written(Connection connection) throws Exception {
    for (var trigger : List.of("enable", "disable", "enable")) {
      run(
          connection,
          "alter table contract %1$s trigger found_as_entered, %1$s trigger found_as_changed"
              .formatted(trigger));
      once(
          trigger.equals("enable") ? "written" : "written without the index",
          () -> {
            run(
                connection,
                """
                do $$
                declare one uuid;
                begin
                  for n in 1..%2$d loop
                    one := gen_random_uuid();
                    insert into contract (tenant_id, id, number, state, title, section_id, clerk_id,
                                          file_name, document_sha256, pages, created_at)
                    values ('%1$s', one, 'W-' || one, 'DRAFT', '令和8年度 市道の舗装修繕工事 ' || n,
                            '%3$s', '%4$s', 'x.pdf', repeat('a', 64), 1, now());
                    insert into party (tenant_id, id, contract_id, ordinal, turn, kind, capacity,
                                       organisation, name)
                    values ('%1$s', gen_random_uuid(), one, 1, 1, 'COUNTERPARTY', 'AUTHORITY',
                            '株式会社 見本建設', '例田 一郎');
                  end loop;
                end $$
                """
                    .formatted(body.id(), WRITTEN, sections.getFirst(), body.clerk()));
            return WRITTEN;
          });
    }
    once(
        "packed",
        () -> {
          while (Tenancy.in(body.id(), () -> packing.step())) {
            // Until nothing is left to do.
          }
          return WRITTEN * 2;
        });
  }

  private void size(Connection connection, String relation, String name) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery("select pg_total_relation_size('%s')".formatted(relation))) {
      row.next();
      add("postgresql", name, "size", Map.of("bytes", row.getLong(1)));
    }
  }

  private void once(String what, Callable<Integer> work) throws Exception {
    // nanoTime: what is measured is how long it takes, by no clock of the service.
    var at = System.nanoTime();
    int rows = work.call();
    var seconds = (System.nanoTime() - at) / 1e9;
    add(
        "musubi",
        what,
        "once",
        Map.of(
            "rows", rows,
            "seconds", rounded(seconds),
            "rowsPerSecond", rounded(rows / seconds)));
  }

  private void timed(String way, String asked, String what, Callable<?> work) throws SQLException {
    // A service that runs since yesterday is measured, not one that was started just now.
    for (var until = System.nanoTime() + WARM.toNanos(); System.nanoTime() < until; ) {
      Tenancy.in(body.id(), () -> call(work));
    }
    var times = new ArrayList<Long>();
    var began = System.nanoTime();
    while (times.size() < ROUNDS
        && (times.size() < FEW_ROUNDS || System.nanoTime() - began < ENOUGH.toNanos())) {
      var at = System.nanoTime();
      Tenancy.in(body.id(), () -> call(work));
      times.add(System.nanoTime() - at);
    }
    var sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
    add(
        way,
        asked,
        what,
        Map.of(
            "rounds", sorted.length,
            "p50Ms", rounded(sorted[sorted.length / 2] / 1e6),
            "p95Ms", rounded(sorted[(int) Math.ceil(sorted.length * 0.95) - 1] / 1e6)));
  }

  private void add(String way, String asked, String what, Map<String, Object> figures) {
    var row = new LinkedHashMap<String, Object>();
    row.put("contracts", contracts);
    row.put("way", way);
    row.put("asked", asked);
    row.put("what", what);
    row.putAll(new java.util.TreeMap<>(figures));
    rows.add(row);
    System.out.println(Instant.now() + " " + row); // For who waits for an hour.
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static Object call(Callable<?> work) {
    try {
      var found = work.call();
      return found == null ? "" : found;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // A Callable may throw anything; a measurement that fails is no figure.
      throw new IllegalStateException(e);
    }
  }

  private static int read(Connection connection, String sql) throws SQLException {
    var read = 0;
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      while (found.next()) {
        read++;
      }
    }
    return read;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Reach reach(boolean everywhere, Set<UUID> roots) {
    return new Reach(body.viewer(), everywhere, roots, false, false);
  }

  private RegisterQuery query(String... typed) {
    var values = new LinkedMultiValueMap<String, String>();
    for (var i = 0; i < typed.length; i += 2) {
      values.add(typed[i], typed[i + 1]);
    }
    return RegisterForm.of(values, List.of()).read(new FormReader());
  }
}

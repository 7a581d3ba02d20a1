package jp.musubi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractFilter;
import jp.musubi.contract.ContractSearch;
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
 * The figures of ADR 0039: -Dmusubi.register.rows=10000,100000, on a machine that does nothing
 * else. Written as JSON to target/; nothing is asserted of a time.
 */
@ServiceTest
@EnabledIfSystemProperty(named = "musubi.register.rows", matches = "[\\d,]+")
@DisplayName("契約台帳の計測")
class RegisterMeasureTest {
  private static final int ROUNDS = 40;
  private static final int FEW_ROUNDS = 8;

  /** Sixty million letters are a minute's writing; ten times as many say nothing else. */
  private static final int MOST_TEXTS = 10_000;

  @Autowired RegisterSearch search;
  @Autowired RegisterCsv csv;
  @Autowired ContractSearch before;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transactions;

  private TestBody body;
  private Reach whole;
  private final List<UUID> sections = new ArrayList<>();
  private final List<String> figures = new ArrayList<>();

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
    whole = new Reach(body.viewer(), true, java.util.Set.of(), false, false);
    sections.clear();
    figures.clear();
  }

  @Test
  @DisplayName("計測：検索、件数、CSV、ほかの方法")
  void measures() throws Exception {
    for (var rows : System.getProperty("musubi.register.rows", "").split(",", -1)) {
      aBody();
      measure(Integer.parseInt(rows));
    }
  }

  private void measure(int rows) throws Exception {
    for (var i = 0; i < 20; i++) {
      sections.add(TestPeople.section(body, "M" + i, "計測" + i + "課", body.section()));
    }
    var began = System.nanoTime();
    try (var connection = ServiceTest.RealParts.database().superuser()) {
      new SampleRegister(39).write(connection, body, sections, rows);
    }
    figure("generated", "once", List.of(System.nanoTime() - began));

    var section = sections.getFirst().toString();
    String[] two = {
      "words",
      "舗装",
      "contractDateFrom",
      "R6.4.1",
      "contractDateUntil",
      "R7.3.31",
      "section",
      section
    };
    String[] one = {"words", "橋", "section", section};
    String[] whole2 = {"words", "舗装"};
    String[] rare = {"words", "無い語"};
    for (var each : List.of(two, one, whole2, rare)) {
      var query = query(each);
      var name = String.join(" ", each);
      timed("first page", name, () -> search.page(whole, query, null, 50));
      timed("count", name, () -> search.count(whole, query));
    }
    timed(
        "before: normalize ilike, no index",
        "words 舗装",
        () -> before.find(whole, ContractFilter.ALL, "舗装", null, 50));
    timed(
        "before: normalize ilike, no index",
        "words 無い語",
        () -> before.find(whole, ContractFilter.ALL, "無い語", null, 50));
    if (rows <= MOST_TEXTS) {
      fullText(two);
    }
    trigrams();
    began = System.nanoTime();
    Tenancy.in(
        body.id(),
        () -> {
          csv.write(whole, query(), Letters.UTF_8, OutputStream.nullOutputStream());
          return true;
        });
    figure("csv of all", "once", List.of(System.nanoTime() - began));
    var out = Path.of("target", "register-%d.json".formatted(rows));
    Files.writeString(out, "[\n" + String.join(",\n", figures) + "\n]\n");
    assertThat(figures).hasSizeGreaterThan(8);
  }

  /** 本文: six thousand letters a contract that no compression knows, as three pages have. */
  private void fullText(String... narrow) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      var began = System.nanoTime();
      statement.execute(
          """
          insert into contract_text (tenant_id, contract_id, outcome, pages, text, extracted_at)
          select c.tenant_id, c.id, 'ALL', 3, c.title || t.letters, now()
            from contract c
            cross join lateral (
              select string_agg(chr(19968 + (random() * 3000)::int), '') as letters
                from generate_series(1, 6000) g where c.id is not null) t
           where c.tenant_id = '%s'
          """
              .formatted(body.id().value()));
      statement.execute("analyze contract_text");
      figure("texts generated", "once", List.of(System.nanoTime() - began));
    }
    var narrowed = new ArrayList<>(List.of(narrow));
    narrowed.addAll(List.of("fullText", "true"));
    for (var each :
        List.of(
            narrowed.toArray(String[]::new),
            new String[] {"words", "舗装", "fullText", "true"},
            new String[] {"words", "無い語", "fullText", "true"})) {
      var query = query(each);
      var name = String.join(" ", each);
      timed("first page with texts", name, FEW_ROUNDS, () -> search.page(whole, query, null, 50));
      timed("count with texts", name, FEW_ROUNDS, () -> search.count(whole, query));
    }
  }

  /** What an index of trigrams would do, for the service's role and for one that passes rows. */
  private void trigrams() throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      statement.execute("create extension if not exists pg_trgm");
      var began = System.nanoTime();
      statement.execute("create index measured on contract using gin (folded gin_trgm_ops)");
      statement.execute("analyze contract");
      figure("trigram index built", "once", List.of(System.nanoTime() - began));
      try {
        for (var word : List.of("舗装", "舗装修繕", "無い語だ")) {
          var sql =
              """
              select c.id from contract c
               where c.tenant_id = '%s' and c.folded like '%%' || fold('%s') || '%%'
               order by c.created_at desc, c.id desc limit 51
              """
                  .formatted(body.id().value(), word);
          timed("trigram, the service's role", word, () -> jdbc.sql(sql).query(UUID.class).list());
          var past = new ArrayList<Long>();
          for (var i = 0; i < ROUNDS; i++) {
            var at = System.nanoTime();
            try (var found = statement.executeQuery(sql)) {
              while (found.next()) {
                // Read to the end, as a page would be.
              }
            }
            past.add(System.nanoTime() - at);
          }
          figure("trigram, past row security", word, past);
        }
      } finally {
        statement.execute("drop index measured");
      }
    }
  }

  private void timed(String what, String query, Supplier<?> work) {
    timed(what, query, ROUNDS, work);
  }

  private void timed(String what, String query, int rounds, Supplier<?> work) {
    var times = new ArrayList<Long>();
    for (var i = 0; i < rounds; i++) {
      // nanoTime: what is measured is how long it takes, by no clock of the service.
      var at = System.nanoTime();
      Tenancy.in(body.id(), () -> transactions.execute(_ -> work.get()));
      times.add(System.nanoTime() - at);
    }
    figure(what, query, times);
  }

  private void figure(String what, String query, List<Long> nanos) {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    figures.add(
        "{\"what\": \"%s\", \"query\": \"%s\", \"rounds\": %d, \"p50Ms\": %.2f, \"p95Ms\": %.2f}"
            .formatted(
                what,
                query,
                sorted.length,
                sorted[sorted.length / 2] / 1e6,
                sorted[Math.min(sorted.length - 1, (int) (sorted.length * 0.95))] / 1e6));
    assertThat(Arrays.stream(sorted).min()).isPresent();
  }

  private RegisterQuery query(String... typed) {
    var values = new LinkedMultiValueMap<String, String>();
    for (var i = 0; i < typed.length; i += 2) {
      values.add(typed[i], typed[i + 1]);
    }
    return RegisterForm.of(values, List.of()).read(new FormReader());
  }
}

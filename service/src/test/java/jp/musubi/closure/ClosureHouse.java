package jp.musubi.closure;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.TenantId;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** A body that ends its use, its two administrators, and two operators. */
final class ClosureHouse {
  final TestBody body;
  final UUID first;
  final UUID second;
  final TestBody home;
  final UUID operator;
  final UUID another;
  final String contact = "soumu-" + UUID.randomUUID() + "@joumou.example";
  private final MockMvc mvc;

  /**
   * Keeps the job from doing the same at a moment of its own. Taken away, it would come back with
   * the next context of the JVM that begins.
   */
  static void holdTheJob() {
    TestPeople.run(
        "update scheduled_tasks set execution_time = now() + interval '1 day'"
            + " where task_name = 'erase-closed-bodies'");
  }

  ClosureHouse(MockMvc mvc, String passwordHash) {
    this.mvc = mvc;
    body = TestBody.create(passwordHash);
    first = member(body, "kanri1", "管理 一", "BODY_ADMIN", passwordHash);
    second = member(body, "kanri2", "管理 二", "BODY_ADMIN", passwordHash);
    home = TestBody.operators();
    operator = member(home, "o-" + UUID.randomUUID(), "運営 一", "OPERATOR", passwordHash);
    another = member(home, "o-" + UUID.randomUUID(), "運営 二", "OPERATOR", passwordHash);
  }

  private static UUID member(
      TestBody body, String login, String name, String role, String passwordHash) {
    var id = TestPeople.member(body, login, name, body.section(), role, null);
    TestPeople.run("update staff set password_hash = ? where id = ?", passwordHash, id);
    return id;
  }

  /** As if the whole had been handed over. */
  void handOver() {
    TestPeople.run(
        """
        insert into handover (tenant_id, id, made_by, made_name, made_at, manifest_sha256,
                              record_rows, files, bytes, parts)
        values (?, gen_random_uuid(), ?, '管理 一', now(), repeat('a', 64), 1, 0, 0, 0)
        """,
        body.id().value(),
        first);
  }

  MockHttpServletResponse propose(UUID who) throws Exception {
    return press(
        body,
        who,
        "/closure/request",
        "reason",
        "共同利用の期間が満了したため",
        "useUntil",
        "令和8年11月1日",
        "contactName",
        "総務課 見本 花子",
        "contactMail",
        contact,
        "witness",
        "true");
  }

  MockHttpServletResponse prove(TestBody of, UUID who, String path) throws Exception {
    return press(of, who, path, "confirmed", "true", "password", TestBody.PASSWORD);
  }

  /** The open closure of the body, as the superuser sees it. */
  UUID id() {
    return UUID.fromString(
        TestPeople.text(
            "select id::text from closure where body_id = ? and cancelled_at is null",
            body.id().value()));
  }

  MockHttpServletResponse confirm(UUID who) throws Exception {
    return prove(body, who, "/closure/" + id() + "/confirmation");
  }

  MockHttpServletResponse order(UUID who) throws Exception {
    return prove(home, who, "/closures/" + id() + "/order");
  }

  MockHttpServletResponse approve(UUID who) throws Exception {
    return prove(home, who, "/closures/" + id() + "/approval");
  }

  /** Everything up to the day on which it may begin. */
  void settle() throws Exception {
    handOver();
    for (var answer :
        new MockHttpServletResponse[] {
          propose(first), confirm(second), order(operator), approve(another)
        }) {
      if (answer.getStatus() != 302) {
        throw new AssertionError(answer.getStatus() + " " + answer.getContentAsString());
      }
    }
  }

  /** The waiting is over, which the database would let nobody say before. */
  void letTheDayCome() {
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update closure set due = date '2026-11-02' where id = '%s'; end $$
        """
            .formatted(id()));
  }

  MockHttpServletResponse open(TestBody of, UUID who, String path) throws Exception {
    var answer = mvc.perform(get(path).with(TestPeople.as(of, who))).andReturn().getResponse();
    answer.setCharacterEncoding(StandardCharsets.UTF_8);
    return answer;
  }

  MockHttpServletResponse press(TestBody of, UUID who, String path, String... typed)
      throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(of, who));
    for (var i = 0; i < typed.length; i += 2) {
      request = request.param(typed[i], typed[i + 1]);
    }
    var answer = mvc.perform(request).andReturn().getResponse();
    answer.setCharacterEncoding(StandardCharsets.UTF_8);
    return answer;
  }

  /**
   * How many rows each table of bodies has of a body, and a digest of them, read past row security.
   */
  static Map<String, String> rows(TenantId body) {
    var found = new TreeMap<String, String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var tables = connection.createStatement();
        var table =
            tables.executeQuery(
                """
                select table_name from information_schema.columns
                  join information_schema.tables using (table_schema, table_name)
                 where table_schema = 'public' and column_name = 'tenant_id'
                   and table_type = 'BASE TABLE'
                 order by 1
                """)) {
      while (table.next()) {
        try (var counting =
            connection.prepareStatement(
                """
                select count(*), coalesce(md5(string_agg(t::text, '|' order by t::text)), '')
                  from %s t where tenant_id = ?
                """
                    .formatted(table.getString(1)))) {
          counting.setObject(1, body.value());
          try (var count = counting.executeQuery()) {
            count.next();
            if (count.getLong(1) > 0) {
              found.put(table.getString(1), count.getLong(1) + " " + count.getString(2));
            }
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  static long files(Path store, TenantId body) {
    var folder = store.resolve(body.toString());
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

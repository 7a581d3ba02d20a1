package jp.musubi.approval;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/**
 * A body with two posts, 道路課長 in the clerk's own section and 財政課長 in another, each with a holder
 * who approves; and what people of it press.
 */
final class ApprovalHouse {
  final TestBody body = TestBody.create("-");
  final UUID finance = TestPeople.section(body, "20", "財政部", null);
  final UUID chief = member("見本 課長", body.section());
  final UUID treasurer = member("見本 財政", finance);
  final UUID deputy = member("見本 代理", finance);
  final UUID chiefPost = postOf("道路課長", body.section(), chief);
  final UUID treasurerPost = postOf("財政課長", finance, treasurer);

  private final MockMvc mvc;

  ApprovalHouse(MockMvc mvc) {
    this.mvc = mvc;
  }

  /** Somebody with the right to approve within their own section. */
  UUID member(String name, UUID section) {
    return TestPeople.member(body, "a-" + UUID.randomUUID(), name, section, "APPROVER", section);
  }

  UUID postOf(String title, UUID section, UUID holder) {
    var id = UUID.randomUUID();
    TestPeople.run(
        "insert into post (tenant_id, id, section_id, title, carries) values (?, ?, ?, ?, '{APPROVER}')",
        body.id().value(),
        id,
        section,
        title);
    TestPeople.run(
        "insert into post_holding values (?, ?, ?, date '2020-04-01')",
        body.id().value(),
        id,
        holder);
    return id;
  }

  /** A route of the whole body, one post a step. */
  UUID route(UUID... posts) {
    var id = UUID.randomUUID();
    TestPeople.run(
        "insert into approval_route (tenant_id, id, name, made_at) values (?, ?, '工事', now())",
        body.id().value(),
        id);
    for (var at = 0; at < posts.length; at++) {
      TestPeople.run(
          "insert into approval_route_post values (?, ?, ?, ?, true)",
          body.id().value(),
          id,
          at,
          posts[at]);
    }
    return id;
  }

  /** Names a stand-in for some days from today on; negative for a period that is over. */
  void standIn(UUID principal, UUID stand, int from, int until) {
    TestPeople.run(
        """
        insert into stand_in (tenant_id, id, principal_id, deputy_id, from_date, until_date, reason,
                              named_at)
        values (?, gen_random_uuid(), ?, ?, (now() at time zone 'Asia/Tokyo')::date + ?,
                (now() at time zone 'Asia/Tokyo')::date + ?, '出張', now())
        """,
        body.id().value(),
        principal,
        stand,
        from,
        until);
  }

  void policy(boolean required, boolean ownAllowed) {
    TestPeople.run(
        "insert into approval_policy values (?, ?, ?, now())",
        body.id().value(),
        required,
        ownAllowed);
  }

  /** A draft ready to be reviewed. */
  TestContract draft(Vault vault) {
    var draft = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set deadline = now() + interval '14 days', amount = 12980000 where id = ?",
        draft.id().value());
    return draft;
  }

  ResultActions open(UUID who, String path) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, who)));
  }

  static Document page(ResultActions answer) throws Exception {
    return Jsoup.parse(answer.andReturn().getResponse().getContentAsString());
  }

  Document page(UUID who, String path) throws Exception {
    return page(open(who, path));
  }

  ResultActions press(UUID who, String path, String... values) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, who));
    for (var i = 0; i < values.length; i += 2) {
      request.param(values[i], values[i + 1]);
    }
    return mvc.perform(request);
  }

  /** Sends the form of a page that leads to {@code action}, with more values. */
  ResultActions submit(UUID who, Document page, String action, String... more) throws Exception {
    var form = page.select("form[action^=" + action + "]").first();
    if (form == null) {
      throw new AssertionError("no form to " + action + " in:\n" + page.select("main").text());
    }
    var values = new ArrayList<String>();
    for (var input : form.select("input[type=hidden]")) {
      if (!input.attr("name").equals("_csrf")) {
        values.addAll(List.of(input.attr("name"), input.val()));
      }
    }
    values.addAll(List.of(more));
    return press(who, form.attr("action"), values.toArray(String[]::new));
  }

  /** The clerk asks for approval from the review on. */
  ResultActions ask(TestContract draft, String... decided) throws Exception {
    var path = "/contracts/" + draft.id();
    var review = page(body.clerk(), path + "/review");
    var link = review.select(".musubi-actions a[href*=/approval/request]").attr("href");
    return submit(body.clerk(), page(body.clerk(), link), path + "/approval/request", decided);
  }

  ResultActions approve(UUID who, TestContract draft) throws Exception {
    var path = "/contracts/" + draft.id() + "/approval";
    return submit(who, page(who, path), path + "/consent");
  }

  ResultActions sendBack(UUID who, TestContract draft, String comment) throws Exception {
    var path = "/contracts/" + draft.id() + "/approval";
    return submit(who, page(who, path), path + "/return", "comment", comment);
  }

  /** One value as the superuser sees it. */
  static @Nullable String value(String sql, Object... values) {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.prepareStatement(sql)) {
      for (var i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var row = statement.executeQuery()) {
        return row.next() ? row.getString(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** So many days from today, by the clock that the service reads too. */
  static String day(int plus) {
    return String.valueOf(
        value("select to_char((now() at time zone 'Asia/Tokyo')::date + ?, 'YYYY/MM/DD')", plus));
  }

  static @Nullable String state(TestContract draft) {
    return value(
        "select state from approval where contract_id = ? order by asked_at desc limit 1",
        draft.id().value());
  }

  static @Nullable String contractState(TestContract draft) {
    return value("select state from contract where id = ?", draft.id().value());
  }

  /** Subjects of what was written to somebody about a contract, joined. */
  static @Nullable String mailTo(UUID person, TestContract draft) {
    return value(
        """
        select string_agg(m.subject, ' ' order by m.created_at) from mail m join staff s on s.mail = m.recipient
         where s.id = ? and m.contract_id = ?
        """,
        person,
        draft.id().value());
  }
}

package jp.musubi.staff.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.authority.Role;
import jp.musubi.contract.Contracts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.signing.Mailbox;
import jp.musubi.staff.OpenWork;
import jp.musubi.staff.Staff;
import jp.musubi.staff.StaffRegister;
import jp.musubi.vault.Vault;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("所属・契約名義・職員の画面")
class PeoplePagesTest {
  // Another context of this JVM, known by another address, may be the one whose postman sends.
  private static final Pattern LINK = Pattern.compile("https?://[^/]+(/invitation/\\S+)");

  @Autowired MockMvc mvc;
  @Autowired StaffRegister register;
  @Autowired Staff staff;
  @Autowired Organisations organisations;
  @Autowired Contracts contracts;
  @Autowired OpenWork work;
  @Autowired Vault vault;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private TestBody body;
  private UUID admin;

  @BeforeEach
  void aBodyWithAnAdministrator() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
  }

  // --- 所属 ----------------------------------------------------------------------------------

  @Test
  @DisplayName("所属の名称を変えても、前に作った契約には前の名称が残る")
  void keepASectionsNameOnContractsMadeBefore() throws Exception {
    var contract = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set created_at = timestamptz '2026-04-10 00:00+09' where id = ?",
        contract.id().value());
    send("/sections/" + body.section() + "/change", admin, "name", "都市建設部", "from", "令和8年11月1日")
        .andExpect(redirectedUrl("/sections/" + body.section()));

    var page = page(open("/contracts/" + contract.id(), body.clerk()));
    assertThat(page.select("dt:contains(所属) + dd").text()).isEqualTo("建設部");
    assertThat(Tenancy.in(body.id(), () -> organisations.section(body.section())))
        .hasValueSatisfying(section -> assertThat(section.name()).isEqualTo("都市建設部"));
    assertThat(page(open("/sections/" + body.section(), admin)).text())
        .contains("建設部", "都市建設部", "令和8年10月31日（2026年10月31日）");
  }

  @Test
  @DisplayName("過去の名称は書き換えられず、自分の下を上位にはできない")
  void refuseToRewriteHistoryOrToGoInACircle() throws Exception {
    var below = TestPeople.section(body, "1010", "道路課", body.section());
    var refused =
        page(
            send(
                    "/sections/" + body.section() + "/change",
                    admin,
                    "name",
                    "建設部",
                    "parent",
                    below.toString(),
                    "from",
                    "令和9年4月1日")
                .andExpect(status().isConflict()));
    assertThat(refused.select("[role=alert]").text()).contains("自分の下にある所属");
    send("/sections/" + below + "/change", admin, "name", "土木課", "from", "令和2年4月1日")
        .andExpect(status().isConflict());
    send("/sections/" + below + "/change", admin, "name", "土木課", "from", "いつか")
        .andExpect(status().isUnprocessableContent());
  }

  @Test
  @DisplayName("廃止した所属の契約は、引き継いだ所属の担当者が進められる")
  void handTheContractsOfAClosedSectionToItsSuccessor() throws Exception {
    var heir = TestPeople.section(body, "20", "都市部", null);
    var clerk = TestPeople.member(body, "kenji", "見本 健二", heir, "CLERK", heir);
    var contract = TestContract.draft(body, vault);
    open("/contracts/" + contract.id(), clerk).andExpect(status().isNotFound());
    send(
            "/sections/" + body.section() + "/closure",
            admin,
            "successor",
            heir.toString(),
            "on",
            "令和8年11月1日")
        .andExpect(redirectedUrl("/sections/" + body.section()));
    open("/contracts/" + contract.id(), clerk).andExpect(status().isOk());
    open("/contracts/" + contract.id() + "/parties", clerk).andExpect(status().isOk());
  }

  // --- 契約名義 ------------------------------------------------------------------------------

  @Test
  @DisplayName("名義人が替わると、送信して署名のない契約が一覧になり、前の名義人には署名できない")
  void listWhatIsUnsignedWhenTheHolderChanges() throws Exception {
    var next = TestPeople.member(body, "haruko", "見本 春子", body.section(), "SIGNER", null);
    var contract = TestContract.draft(body, vault);
    TestPeople.run(
        """
        update contract set state = 'AWAITING_AGREEMENTS', dispatched_at = now(),
                            deadline = now() + interval '5 days' where id = ?
        """,
        contract.id().value());
    send(
            "/offices/" + body.office() + "/holder",
            admin,
            "holder",
            next.toString(),
            "from",
            "令和8年11月1日")
        .andExpect(redirectedUrl("/offices/" + body.office() + "/unsigned"));

    var list = page(open("/offices/" + body.office() + "/unsigned", admin));
    assertThat(list.select("table").text()).contains("市道1024号線", "見本 太郎", "送り直しが要ります");
    assertThat(page(open("/offices/" + body.office(), admin)).text())
        .contains("見本 春子", "令和8年10月31日（2026年10月31日）");
    open("/contracts/" + contract.id() + "/signature", body.mayor())
        .andExpect(status().isConflict());
  }

  @Test
  @DisplayName("任期は重ねられず、名義はいくつでも設けられる")
  void refuseTermsThatOverlap() throws Exception {
    for (var title : new String[] {"上毛市教育委員会教育長", "上毛市選挙管理委員会委員長", "上毛市公営企業管理者"}) {
      send("/offices", admin, "title", title).andExpect(status().is3xxRedirection());
    }
    send("/offices", admin, "title", "上毛市公営企業管理者").andExpect(status().isConflict());
    send(
            "/offices/" + body.office() + "/holder",
            admin,
            "holder",
            body.mayor().toString(),
            "from",
            "令和2年4月1日")
        .andExpect(status().isConflict());
    send(
            "/offices/" + body.office() + "/holder",
            admin,
            "holder",
            body.clerk().toString(),
            "from",
            "令和9年4月1日")
        .andExpect(status().isUnprocessableContent());
  }

  // --- 職員 ----------------------------------------------------------------------------------

  @Test
  @DisplayName("招待された人がパスワードを決めて入る。リンクは一度きりで、データベースからは作れない")
  void inviteSomebodyWhoChoosesAPassword() throws Exception {
    var id = add("ume.01", "u-" + UUID.randomUUID() + "@joumou.example");
    var path = invitation(id, 1);
    assertThat(page(mvc.perform(get(path)).andExpect(status().isOk())).select("#password"))
        .hasSize(1);
    choose(path, "みじかい").andExpect(status().isUnprocessableContent());
    choose(path, "上毛市上毛市2026!!").andExpect(status().isUnprocessableContent());
    choose(path, "つる舞う形の群馬県と白い梅の花").andExpect(redirectedUrl("/signin?chosen=&body=" + body.code()));
    choose(path, "つる舞う形の群馬県と白い梅の花").andExpect(status().isGone());
    mvc.perform(get(path)).andExpect(status().isGone());
    assertThat(
            Tenancy.in(
                body.id(),
                () -> staff.confirms(staff.active(id).orElseThrow(), "つる舞う形の群馬県と白い梅の花", null)))
        .isTrue();
    assertThat(dump("invitation") + dump("mail") + dump("audit_entry"))
        .doesNotContain(path.substring(path.lastIndexOf('/') + 1));
  }

  @Test
  @DisplayName("招待を送り直すと前のリンクは使えず、期限が過ぎても使えない")
  void reissueAnInvitation() throws Exception {
    var id = add("ume.02", "u-" + UUID.randomUUID() + "@joumou.example");
    var first = invitation(id, 1);
    send("/staff/" + id + "/invitation", admin).andExpect(redirectedUrl("/staff/" + id));
    var second = invitation(id, 2);
    assertThat(second).isNotEqualTo(first);
    mvc.perform(get(first)).andExpect(status().isGone());
    mvc.perform(get(second)).andExpect(status().isOk());
    mvc.perform(get(second.replaceFirst("/[^/]+$", "/" + "A".repeat(32))))
        .andExpect(status().isGone());
    TestPeople.run("update invitation set expires_at = now() where staff_id = ?", id);
    mvc.perform(get(second)).andExpect(status().isGone());
    choose(second, "つる舞う形の群馬県と白い梅の花").andExpect(status().isGone());
  }

  @Test
  @DisplayName("自分に承認・締結・監査の権限は付けられず、職を通しても付けられない")
  void refuseControlOverOneself() throws Exception {
    for (var role : new String[] {"APPROVER", "SIGNER", "AUDITOR"}) {
      var refused =
          page(
              send("/staff/" + admin + "/grants", admin, "role", role)
                  .andExpect(status().isConflict()));
      assertThat(refused.select("[role=alert]").text()).contains("自分では付けられません");
    }
    var made =
        send("/sections/" + body.section() + "/posts", admin, "title", "建設部長", "approves", "true")
            .andReturn()
            .getResponse()
            .getRedirectedUrl();
    send(made + "/holder", admin, "holder", admin.toString(), "from", "令和8年4月1日")
        .andExpect(status().isConflict());
    send(made + "/holder", admin, "holder", body.viewer().toString(), "from", "令和8年4月1日")
        .andExpect(status().is3xxRedirection());
    assertThat(roles(body.viewer())).contains(Role.APPROVER);
    assertThat(roles(admin)).containsExactly(Role.BODY_ADMIN);
  }

  @Test
  @DisplayName("最後の団体管理者は外せず、ほかの管理者がいれば外せる")
  void keepTheLastAdministrator() throws Exception {
    var grant = Tenancy.in(body.id(), () -> register.grants(admin)).getFirst().id();
    var refused =
        page(
            send("/staff/" + admin + "/grants/" + grant + "/end", admin)
                .andExpect(status().isConflict()));
    assertThat(refused.select("[role=alert]").text()).contains("最後の管理者");
    var second = TestPeople.member(body, "second", "見本 次", body.section(), "BODY_ADMIN", null);
    send("/staff/" + admin + "/end", second).andExpect(redirectedUrl("/staff/" + admin));
    send("/staff/" + second + "/end", second).andExpect(status().isConflict());
    open("/staff", admin).andExpect(redirectedUrl("/signin?ended"));
  }

  @Test
  @DisplayName("使用を終えた人の契約は所属に残り、引き継いだことが記録に残る")
  void handOverWhatALeaverHasInHand() throws Exception {
    var contract = TestContract.draft(body, vault);
    var heir = TestPeople.member(body, "kenji", "見本 健二", body.section(), "CLERK", body.section());
    send("/staff/" + body.clerk() + "/end", admin)
        .andExpect(redirectedUrl("/staff/" + body.clerk() + "/handover"));
    open("/contracts/" + contract.id(), body.viewer()).andExpect(status().isOk());
    assertThat(page(open("/staff/" + body.clerk() + "/handover", admin)).text())
        .contains("1件", "市道1024号線");
    send("/staff/" + body.clerk() + "/handover", admin, "to", heir.toString())
        .andExpect(redirectedUrl("/staff/" + body.clerk()));
    assertThat(Tenancy.in(body.id(), () -> contracts.get(contract.id())).clerkId()).isEqualTo(heir);
    assertThat(Tenancy.in(body.id(), () -> work.count(body.clerk()))).isZero();
    assertThat(page(open("/contracts/" + contract.id(), heir)).text()).contains("引き継ぎました");
  }

  @Test
  @DisplayName("使用を終えると、どの端末のサインインも終わる")
  void endEverySessionOfALeaver() throws Exception {
    TestPeople.run(
        """
        insert into spring_session values (?, ?, 0, 0, 1800, 9999999999999, ?)
        """,
        UUID.randomUUID().toString(),
        UUID.randomUUID().toString(),
        body.viewer().toString());
    send("/staff/" + body.viewer() + "/end", admin).andExpect(status().is3xxRedirection());
    assertThat(
            jdbc.sql("select count(*) from spring_session where principal_name = :id")
                .param("id", body.viewer().toString())
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  @DisplayName("所属管理者は自分の所属の人だけを見て、登録できる")
  void letASectionsAdministratorSeeOnlyTheirOwn() throws Exception {
    var other = TestPeople.section(body, "30", "福祉部", null);
    var there = TestPeople.member(body, "sayuri", "見本 百合", other, "CLERK", other);
    var head = TestPeople.member(body, "setsuko", "見本 節子", other, "SECTION_ADMIN", other);
    var list = page(open("/staff", head));
    assertThat(list.text()).contains("見本 百合").doesNotContain("見本 次郎");
    open("/staff/" + there, head).andExpect(status().isOk());
    open("/staff/" + body.clerk(), head).andExpect(status().isNotFound());
    send(
            "/staff",
            head,
            "login",
            "x1",
            "name",
            "見本 一",
            "mail",
            "x1@joumou.example",
            "section",
            body.section().toString())
        .andExpect(status().isConflict());
  }

  @Test
  @DisplayName("所属管理者は、自分が付けられない権限を持つ人のメールアドレスを変えられず、使用を再開できない")
  void keepASectionsAdministratorFromTheMailOfWhoHoldsMore() throws Exception {
    var section = body.section();
    var head = TestPeople.member(body, "setsuko", "見本 節子", section, "SECTION_ADMIN", section);
    for (var more : List.of(admin, body.mayor())) {
      var before = Tenancy.in(body.id(), () -> register.get(more));
      rewrite(more, head, before.name(), "stolen@joumou.example").andExpect(status().isConflict());
      assertThat(Tenancy.in(body.id(), () -> register.get(more)).mail()).isEqualTo(before.mail());
      // What is no way in stays theirs to put right.
      rewrite(more, head, "例 改", before.mail()).andExpect(redirectedUrl("/staff/" + more));
    }
    TestPeople.run("update staff set active = false where id = ?", admin);
    send("/staff/" + admin + "/reopening", head).andExpect(status().isConflict());
    assertThat(Tenancy.in(body.id(), () -> register.get(admin)).active()).isFalse();
  }

  @Test
  @DisplayName("所属管理者は、承認の職に就く予定の人のメールアドレスを変えられない")
  void keepItFromThoseWhoWillHoldAPost() throws Exception {
    var section = body.section();
    var head = TestPeople.member(body, "setsuko", "見本 節子", section, "SECTION_ADMIN", section);
    var coming = TestPeople.member(body, "haruo", "見本 春男", section, "CLERK", section);
    rewrite(coming, head, "見本 春男", "haruo@joumou.example")
        .andExpect(redirectedUrl("/staff/" + coming));
    var post = UUID.randomUUID();
    TestPeople.run(
        "insert into post (tenant_id, id, section_id, title, carries)"
            + " values (?, ?, ?, '部長', '{APPROVER}')",
        body.id().value(),
        post,
        section);
    TestPeople.run(
        "insert into post_holding (tenant_id, post_id, staff_id, from_date)"
            + " values (?, ?, ?, current_date + 30)",
        body.id().value(),
        post,
        coming);
    rewrite(coming, head, "見本 春男", "stolen@joumou.example").andExpect(status().isConflict());
    rewrite(coming, admin, "見本 春男", "new@joumou.example")
        .andExpect(redirectedUrl("/staff/" + coming));
  }

  @Test
  @DisplayName("メールアドレスが変わると、前のアドレスに知らせる")
  void tellTheAddressOfBefore() throws Exception {
    var person = TestPeople.member(body, "haruo", "見本 春男", body.section(), "CLERK", body.section());
    var before = Tenancy.in(body.id(), () -> register.get(person)).mail();
    rewrite(person, admin, "見本 春男", before).andExpect(redirectedUrl("/staff/" + person));
    rewrite(person, admin, "見本 春男", "new@joumou.example")
        .andExpect(redirectedUrl("/staff/" + person));
    assertThat(Mailbox.await(before, "登録のメールアドレスが変わりました").text())
        .contains("見本 春男")
        .doesNotContain("new@joumou.example");
  }

  private ResultActions rewrite(UUID whom, UUID by, String name, String mail) throws Exception {
    return send(
        "/staff/" + whom + "/change",
        by,
        "name",
        name,
        "mail",
        mail,
        "section",
        body.section().toString());
  }

  // --- 道具 ----------------------------------------------------------------------------------

  private UUID add(String login, String mail) throws Exception {
    var path =
        Objects.requireNonNull(
            send(
                    "/staff",
                    admin,
                    "login",
                    login,
                    "name",
                    "例 梅",
                    "mail",
                    mail,
                    "section",
                    body.section().toString())
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    return UUID.fromString(path.substring("/staff/".length()));
  }

  /** The path in the newest of so many letters to somebody. */
  private String invitation(UUID id, int count) throws Exception {
    var mail = Tenancy.in(body.id(), () -> register.get(id)).mail();
    for (var i = 0; i < 300; i++) {
      var found = new java.util.ArrayList<String>();
      for (var message : ServiceTest.RealParts.mail().getReceivedMessages()) {
        if (message.getAllRecipients()[0].toString().equals(mail)) {
          var match = LINK.matcher(message.getContent().toString());
          if (match.find()) {
            found.add(match.group(1));
          }
        }
      }
      if (found.size() >= count) {
        return found.getLast();
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no letter came to " + mail);
  }

  private ResultActions choose(String path, String password) throws Exception {
    return mvc.perform(
        post(path).with(csrf()).param("password", password).param("again", password));
  }

  private java.util.Set<Role> roles(UUID person) {
    return Tenancy.in(body.id(), () -> staff.active(person)).orElseThrow().roles();
  }

  private String dump(String table) throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select string_agg(t::text, '|') from " + table + " t")) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  private ResultActions open(String path, UUID who) throws Exception {
    return mvc.perform(get(path).with(TestPeople.as(body, who)).accept("text/html"));
  }

  private ResultActions send(String path, UUID who, String... namesAndValues) throws Exception {
    var request = post(path).with(csrf()).with(TestPeople.as(body, who)).accept("text/html");
    for (var i = 0; i < namesAndValues.length; i += 2) {
      request.param(namesAndValues[i], namesAndValues[i + 1]);
    }
    return mvc.perform(request);
  }

  private static Document page(ResultActions result) throws Exception {
    var page =
        Jsoup.parse(result.andReturn().getResponse().getContentAsString(StandardCharsets.UTF_8));
    assertThat(page.text()).doesNotContain("??");
    assertThat(page.select("h1")).hasSize(1);
    return page;
  }
}

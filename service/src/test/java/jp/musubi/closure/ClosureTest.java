package jp.musubi.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.operations.Auditor;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.signing.Mailbox;
import jp.musubi.staff.SignedInStaff;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("残余データの消去は")
class ClosureTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired ClosingDown closing;
  @Autowired Organisations organisations;
  @Autowired Auditor auditor;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private ClosureHouse house;

  @BeforeEach
  void aBodyWithADraft() {
    // The job would do the same at a moment of its own.
    ClosureHouse.holdTheJob();
    house = new ClosureHouse(mvc, passwords.encode(TestBody.PASSWORD));
    TestContract.draft(house.body, vault);
  }

  @Test
  @DisplayName("団体の二人と運営者の二人の手続を経て、その団体のすべてを消し、数え直して報告する。ほかの団体には触れない")
  void erasesAllOfABodyAndNothingOfAnother() throws Exception {
    var other = TestBody.create("-");
    TestContract.draft(other, vault);
    var before = ClosureHouse.rows(other.id());
    var store = ServiceTest.RealParts.store();
    var files = ClosureHouse.files(store, other.id());
    var session = session(house.body);
    var othersSession = session(other);
    house.settle();
    var erased = ClosureHouse.rows(house.body.id());
    assertThat(erased).containsKeys("contract", "vault_object", "body_key", "audit_entry", "staff");
    house.letTheDayCome();

    run();

    assertThat(ClosureHouse.rows(house.body.id())).isEmpty();
    assertThat(ClosureHouse.files(store, house.body.id())).isZero();
    assertThat(
            TestPeople.text(
                "select count(*)::text from body where id = ?", house.body.id().value()))
        .isEqualTo("0");
    assertThat(organisations.body(house.body.id())).isEmpty();
    assertThat(exists(session)).isFalse();
    assertThat(exists(othersSession)).isTrue();
    assertThat(ClosureHouse.rows(other.id())).isEqualTo(before);
    assertThat(ClosureHouse.files(store, other.id())).isEqualTo(files).isPositive();
    assertThat(auditor.audit(other.id(), other.code())).isEmpty();

    var report = report();
    assertThat(report.before().rows().keySet()).containsAll(erased.keySet());
    assertThat(report.rowsBefore()).isGreaterThan(10);
    assertThat(report.rowsAfter()).isZero();
    assertThat(report.after().rows()).hasSameSizeAs(report.before().rows());
    assertThat(report.before().files()).isPositive();
    assertThat(report.after().files()).isZero();
    assertThat(report.before().keys()).isPositive();
    assertThat(report.before().sessions()).isEqualTo(1);
    assertThat(report.before().handover().sha256()).isEqualTo("a".repeat(64));
    var letter = Mailbox.await(house.contact, "消去しました");
    assertThat(letter.text()).contains("→ 0");
  }

  @Test
  @DisplayName("報告書に、項目、数量、媒体、方法、行った人、日時、立会いの欄を載せる")
  void isReportedAsAgreementsWantIt() throws Exception {
    house.settle();
    house.letTheDayCome();
    var path = "/closures/" + house.id();
    assertThat(house.open(house.home, house.operator, path + "/report.pdf").getStatus())
        .isEqualTo(404);
    run();

    assertThat(house.open(house.home, house.operator, path).getContentAsString())
        .contains("消去しました", "報告書（JSON）のSHA-256");
    var pdf = house.open(house.home, house.operator, path + "/report.pdf").getContentAsByteArray();
    try (var document = Loader.loadPDF(pdf)) {
      var text = new PDFTextStripper().getText(document).replaceAll("\\s", "");
      assertThat(text)
          .contains("消去報告書", "上毛市", "管理一", "管理二", "運営一", "運営二", "署名欄", "原本の保管庫", "暗号鍵を最初に捨て")
          .contains("contract1→0", "団体の暗号鍵1→0", "a".repeat(20));
    }
    var json = house.open(house.home, house.operator, path + "/report.json");
    assertThat(ErasureReport.parse(json.getContentAsString())).isEqualTo(report());
  }

  @Test
  @DisplayName("あとから加わった表の行も、名前を書き足さずに消す")
  void forgetsNoTableThatIsAddedLater() throws Exception {
    house.settle();
    house.letTheDayCome();
    TestPeople.run(
        """
        do $$ begin
        create table added_later (tenant_id uuid not null references body (id), word text);
        alter table added_later owner to musubi_owner;
        alter table added_later enable row level security;
        alter table added_later force row level security;
        create policy own_tenant on added_later
            using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
        create trigger append_only before update or delete or truncate on added_later
            for each statement execute function refuse_change();
        insert into added_later values ('%s', 'あとから');
        end $$
        """
            .formatted(house.body.id()));
    try {
      run();
      assertThat(TestPeople.text("select count(*)::text from added_later")).isEqualTo("0");
      assertThat(report().before().rows()).containsEntry("added_later", 1L);
      assertThat(report().after().rows()).containsEntry("added_later", 0L);
    } finally {
      TestPeople.run("drop table added_later");
    }
  }

  @Test
  @DisplayName("引継ぎの前、一人だけ、順番の違い、二度目は断る")
  void isRefusedToOneAlone() throws Exception {
    assertThat(refused(house.propose(house.first))).contains("受け取ってから");
    house.handOver();
    assertThat(house.propose(house.first).getStatus()).isEqualTo(302);
    assertThat(refused(house.propose(house.second))).contains("もう出ています");
    assertThat(refused(house.confirm(house.first))).contains("ほかの一人");
    assertThat(refused(house.order(house.operator))).contains("その操作をする時ではありません");
    assertThat(
            house
                .press(house.body, house.second, "/closure/" + house.id() + "/confirmation")
                .getStatus())
        .isEqualTo(422);
    assertThat(house.confirm(house.second).getStatus()).isEqualTo(302);
    assertThat(refused(house.confirm(house.second))).contains("その操作をする時ではありません");
    assertThat(house.order(house.operator).getStatus()).isEqualTo(302);
    assertThat(refused(house.approve(house.operator))).contains("ほかの一人");
    TestPeople.run(
        "update staff set mail = (select upper(mail) from staff where id = ?) where id = ?",
        house.operator,
        house.another);
    assertThat(ClosureHouse.rows(house.body.id())).isNotEmpty();
    run();
    assertThat(ClosureHouse.rows(house.body.id())).containsKey("contract");
  }

  @Test
  @DisplayName("ほかの団体の申出は見えず、操作もできない")
  void isNoMatterOfAnotherBody() throws Exception {
    house.handOver();
    house.propose(house.first);
    var other = new ClosureHouse(mvc, passwords.encode(TestBody.PASSWORD));
    var path = "/closure/" + house.id() + "/confirmation";
    assertThat(other.open(other.body, other.first, path).getStatus()).isEqualTo(404);
    assertThat(other.prove(other.body, other.first, path).getStatus()).isEqualTo(404);
    assertThat(other.open(other.body, other.first, "/closures").getStatus()).isEqualTo(403);
    assertThat(other.open(house.home, house.operator, "/closures").getContentAsString())
        .contains(house.body.code());
    var seen =
        Tenancy.in(
            other.body.id(),
            () ->
                transaction.execute(
                    _ -> jdbc.sql("select id::text from closure").query(String.class).list()));
    assertThat(seen).isEmpty();
  }

  @Test
  @DisplayName("日が来るまで、手続中の契約や廃棄の保留がある間は始まらず、それまでは取り下げられる")
  void waitsForItsDayAndForWhatHinders() throws Exception {
    house.settle();
    run();
    assertThat(ClosureHouse.rows(house.body.id())).containsKey("contract");
    house.letTheDayCome();
    state("AWAITING_AGREEMENTS");
    run();
    assertThat(ClosureHouse.rows(house.body.id())).containsKey("contract");
    assertThat(house.open(house.body, house.first, "/closure").getContentAsString())
        .contains("手続中の契約があるので");
    assertThatThrownBy(this::begin).hasStackTraceContaining("UNDER_WAY");
    state("DRAFT");
    var cancelled =
        house.press(
            house.body,
            house.first,
            "/closure/" + house.id() + "/cancellation",
            "reason",
            "利用を続けるため");
    assertThat(cancelled.getStatus()).isEqualTo(302);
    run();
    assertThat(ClosureHouse.rows(house.body.id())).containsKey("contract");
    assertThatThrownBy(this::begin).hasStackTraceContaining("no closure of body");
    assertThat(house.propose(house.first).getStatus()).isEqualTo(302);
  }

  private void begin() {
    Tenancy.in(
        house.body.id(),
        () ->
            transaction.execute(
                _ -> jdbc.sql("select begin_erasure(now(), '{}')").query((_, _) -> true).single()));
  }

  private void state(String state) {
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract set state = '%s', dispatched_at = case '%s' when 'DRAFT' then null else now() end,
               deadline = now() + interval '1 day' where tenant_id = '%s'; end $$
        """
            .formatted(state, state, house.body.id()));
  }

  private void run() {
    Tenancy.in(house.home.id(), closing::run);
  }

  private ErasureReport report() {
    return ErasureReport.parse(
        TestPeople.text("select report from closure where body_id = ?", house.body.id().value()));
  }

  private static String refused(org.springframework.mock.web.MockHttpServletResponse answer)
      throws Exception {
    assertThat(answer.getStatus()).isEqualTo(409);
    return answer.getContentAsString();
  }

  /** A session as the service keeps one, of somebody of the body. */
  private static String session(TestBody body) {
    var id = UUID.randomUUID().toString();
    var person =
        new SignedInStaff(
            new StaffMember(
                body.id(),
                body.clerk(),
                "hanako",
                "見本 花子",
                "x@x.example",
                body.section(),
                Set.of()),
            "上毛市",
            "建設部",
            // When a session began is when it is made.
            Instant.now(),
            Set.of(),
            true,
            null,
            null);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(person);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TestPeople.run(
        "insert into spring_session values (?, ?, 0, 0, 1800, 9999999999999, null)", id, id);
    try (var connection = ServiceTest.RealParts.database().superuser();
        var insert =
            connection.prepareStatement(
                "insert into spring_session_attributes values (?, 'x', ?)")) {
      insert.setString(1, id);
      insert.setBytes(2, bytes.toByteArray());
      insert.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return id;
  }

  private static boolean exists(String session) {
    return TestPeople.text(
            "select count(*)::text from spring_session where session_id = ?", session)
        .equals("1");
  }
}

package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.authority.Role;
import jp.musubi.contract.Contracts;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.TransferFinding.Reason;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
@DisplayName("人事異動")
class TransfersTest {
  private static final String HEADING = String.join(",", TransferRow.HEADINGS) + "\r\n";

  @Autowired Transfers transfers;
  @Autowired Staff staff;
  @Autowired StaffRegister register;
  @Autowired Posts posts;
  @Autowired Organisations organisations;
  @Autowired Contracts contracts;
  @Autowired Vault vault;

  private TestBody body;
  private UUID admin;
  private UUID roads;
  private UUID buildings;

  @BeforeEach
  void aBodyWithTwoSections() {
    body = TestBody.create("-");
    admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    roads = TestPeople.section(body, "2010", "道路課", body.section());
    buildings = TestPeople.section(body, "2020", "建築課", body.section());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-8 with BOM", "windows-31j"})
  @DisplayName("UTF-8でもShift_JISでも、BOMがあってもなくても同じに読む")
  void readTheSameInEveryEncoding(String encoding) {
    var text = HEADING + "登録,ume,\"髙橋, ①梅\",ume@joumou.example,2010,,担当者,\r\n\r\n退職,jiro,,,,,,\r\n";
    var bytes =
        switch (encoding) {
          case "UTF-8" -> text.getBytes(StandardCharsets.UTF_8);
          case "UTF-8 with BOM" -> ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
          default -> text.getBytes(Charset.forName(encoding));
        };
    assertThat(read(bytes))
        .isEqualTo(
            new TransferFile.Read(
                List.of(
                    new TransferRow(
                        2, "登録", "ume", "髙橋, ①梅", "ume@joumou.example", "2010", "", "担当者", ""),
                    new TransferRow(4, "退職", "jiro", "", "", "", "", "", "")),
                List.of()));
  }

  @Test
  @DisplayName("見出しがない、どちらの文字コードでもないファイルは読まない")
  void refuseWhatIsNoList() {
    assertThat(table("区分,ログインID\r\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(CsvTable.Reading.WithoutHeadings.class);
    assertThat(table(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0xFF}))
        .isInstanceOf(CsvTable.Reading.Unreadable.class);
  }

  @Test
  @DisplayName("登録・変更・異動・退職が予約の日に反映され、契約は後任へ移り、元に戻せる")
  void takeEffectOnTheirDayAndCanBeTakenBack() throws Exception {
    var chief = post(roads, "道路課長");
    var old = TestPeople.member(body, "makoto", "見本 誠", roads, null, null);
    hold(chief, old, LocalDate.of(2024, 4, 1));
    var mover = TestPeople.member(body, "kenji", "見本 健二", buildings, "CLERK", buildings);
    var contract = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set section_id = ?, clerk_id = ? where id = ?",
        buildings,
        mover,
        contract.id().value());

    var id =
        check(
            HEADING
                + "登録,ume,例 梅,ume@joumou.example,2020,,担当者,\n"
                + "変更,jiro,見本 治郎,,,,,\n"
                + "異動,kenji,,,2010,道路課長,,ume\n"
                + "退職,makoto,,,,,,\n");
    assertThat(report(id).findings()).isEmpty();
    TestPeople.session(body.id(), mover);
    TestPeople.session(body.id(), body.viewer());
    assertThat(Tenancy.in(body.id(), () -> register.get(body.viewer())).name()).isEqualTo("見本 次郎");

    assertThat(Tenancy.in(body.id(), () -> transfers.reserve(admin(), id, organisations.today())))
        .isEmpty();
    await(id, Transfer.State.APPLIED);

    var ume = Tenancy.in(body.id(), () -> find("ume"));
    assertThat(Tenancy.in(body.id(), () -> register.get(body.viewer())).name()).isEqualTo("見本 治郎");
    assertThat(member(mover).sectionId()).isEqualTo(roads);
    // Who changed sections signs in anew; who only changed names does not.
    assertThat(
            Door.rows(
                "select staff_id::text from staff_session where tenant_id = ?", body.id().value()))
        .contains(body.viewer().toString())
        .doesNotContain(mover.toString());
    assertThat(member(mover).roles()).containsExactlyInAnyOrder(Role.CLERK, Role.APPROVER);
    assertThat(Tenancy.in(body.id(), () -> register.get(old)).active()).isFalse();
    assertThat(Tenancy.in(body.id(), () -> posts.holdersOn(chief, organisations.today())))
        .extracting(Posts.Holding::staff)
        .containsExactly(mover);
    assertThat(clerkOf(contract)).isEqualTo(ume.id());

    assertThat(Tenancy.in(body.id(), () -> transfers.rollBack(admin(), id))).isEmpty();
    assertThat(Tenancy.in(body.id(), () -> register.get(body.viewer())).name()).isEqualTo("見本 次郎");
    assertThat(member(mover).sectionId()).isEqualTo(buildings);
    assertThat(member(mover).roles()).containsExactly(Role.CLERK);
    assertThat(Tenancy.in(body.id(), () -> register.get(old)).active()).isTrue();
    assertThat(member(old).roles()).containsExactly(Role.APPROVER);
    assertThat(Tenancy.in(body.id(), () -> posts.holdersOn(chief, organisations.today())))
        .extracting(Posts.Holding::staff)
        .containsExactly(old);
    assertThat(clerkOf(contract)).isEqualTo(mover);
    assertThat(Tenancy.in(body.id(), () -> register.get(ume.id())).active()).isFalse();
    assertThat(Tenancy.in(body.id(), () -> transfers.rollBack(admin(), id)))
        .contains(Transfers.Refusal.NOT_IN_THIS_STATE);
  }

  @Test
  @DisplayName("予約の日の前には何も変わらず、後任を書かなくても職の後任へ移る")
  void waitForTheirDayAndFollowThePost() throws Exception {
    var chief = post(roads, "道路課長");
    var old = TestPeople.member(body, "makoto", "見本 誠", roads, "CLERK", roads);
    hold(chief, old, LocalDate.of(2024, 4, 1));
    var next = TestPeople.member(body, "kenji", "見本 健二", buildings, null, null);
    var contract = TestContract.draft(body, vault);
    TestPeople.run(
        "update contract set section_id = ?, clerk_id = ? where id = ?",
        roads,
        old,
        contract.id().value());
    var csv = HEADING + "異動,makoto,,,2020,,,\n異動,kenji,,,2010,道路課長,担当者,\n";
    var later = check(csv);
    var day = organisations.today().plusDays(30);
    assertThat(Tenancy.in(body.id(), () -> transfers.reserve(admin(), later, day))).isEmpty();
    assertThat(due(later))
        .isEqualTo(day.atStartOfDay(jp.musubi.platform.JapaneseDates.ZONE).toInstant());
    assertThat(report(later).transfer().state()).isEqualTo(Transfer.State.RESERVED);
    assertThat(member(old).sectionId()).isEqualTo(roads);
    assertThat(Tenancy.in(body.id(), () -> transfers.cancel(admin(), later))).isEmpty();

    var now = check(csv);
    Tenancy.in(body.id(), () -> transfers.reserve(admin(), now, organisations.today()));
    await(now, Transfer.State.APPLIED);
    assertThat(clerkOf(contract)).isEqualTo(next);
    assertThat(member(old).roles()).containsExactly(Role.CLERK);
  }

  @Test
  @DisplayName("予約の後に誤りが生じたら、何も変えずに知らせる")
  void changeNothingWhenTheRegisterChangedSince() throws Exception {
    var id = check(HEADING + "変更,jiro,見本 治郎,,,,,\n登録,ume,例 梅,ume@joumou.example,2010,,,\n");
    TestPeople.member(body, "ume", "別の 梅", roads, null, null);
    Tenancy.in(body.id(), () -> transfers.reserve(admin(), id, organisations.today()));
    await(id, Transfer.State.FAILED);
    assertThat(report(id).findings())
        .containsExactly(new TransferFinding(3, "ログインID", Reason.LOGIN_TAKEN, "ume"));
    assertThat(
            Door.rows(
                "select subject || body from mail where tenant_id = ? and occasion like 'transfer.failed/%'",
                body.id().value()))
        .isNotEmpty()
        .allSatisfy(letter -> assertThat(letter).contains("反映できませんでした", "誤りが1か所"));
    assertThat(Tenancy.in(body.id(), () -> register.get(body.viewer())).name()).isEqualTo("見本 次郎");
  }

  @Test
  @DisplayName("最後の管理者の退職と、自分への承認の権限は断る")
  void refuseTheSameAsThePagesDo() {
    var other = TestPeople.member(body, "second", "見本 次", body.section(), null, null);
    var asOther = new HashSet<Reason>();
    var rows =
        read((HEADING + "退職,kiyoshi,,,,,,\n異動,second,,,2010,,承認者,\n")
                .getBytes(StandardCharsets.UTF_8))
            .rows();
    var id =
        Tenancy.in(
            body.id(),
            () ->
                transfers.check(
                    staff.active(other).orElseThrow(),
                    "x.csv",
                    rows,
                    List.of(),
                    organisations.today()));
    report(id).findings().forEach(finding -> asOther.add(finding.reason()));
    assertThat(asOther)
        .containsExactlyInAnyOrder(Reason.LAST_ADMINISTRATOR, Reason.ROLE_FOR_ONESELF);
  }

  @Test
  @DisplayName("5,000人の一覧に仕込んだ300の誤りを、行と理由ですべて見つけ、ほかは疑わない")
  void findEveryPlantedErrorAmongFiveThousand() {
    var seed = new Random().nextLong();
    System.out.println("transfer seed " + seed);
    var random = new Random(seed);
    var lines = new ArrayList<String>();
    for (var i = 0; i < 5000; i++) {
      lines.add(
          "登録,p%05d,例 %d,p%05d@joumou.example,%s,,担当者,"
              .formatted(i, i, i, i % 2 == 0 ? "2010" : "2020"));
    }
    Map<Integer, Reason> planted = new TreeMap<>();
    var kinds = PLANTS.entrySet().stream().toList();
    while (planted.size() < 300) {
      var at = 1 + random.nextInt(4999);
      var plant = kinds.get(planted.size() % kinds.size());
      if (planted.putIfAbsent(at + 2, plant.getKey()) == null) {
        lines.set(at, plant.getValue().formatted(at));
      }
    }
    var started = System.nanoTime();
    var id = check(HEADING + String.join("\r\n", lines) + "\r\n");
    var millis = (System.nanoTime() - started) / 1_000_000;
    System.out.println("measured: dry run of 5000 rows " + millis + " ms");
    Map<Integer, Reason> found = new TreeMap<>();
    Set<String> twice = new HashSet<>();
    for (var finding : report(id).findings()) {
      if (found.put(finding.line(), finding.reason()) != null) {
        twice.add(finding.toString());
      }
    }
    assertThat(found).as("seed %d", seed).isEqualTo(planted);
    assertThat(twice).isEmpty();
    assertThat(millis).isLessThan(30_000);
  }

  @Test
  @Tag("slow")
  @DisplayName("5,000人の異動が30秒以内に反映され、元に戻る")
  void moveFiveThousandWithinHalfAMinute() throws Exception {
    TestPeople.run(
        """
        insert into staff (tenant_id, id, login_id, password_hash, name, mail, section_id)
        select ?, gen_random_uuid(), 'q' || n, '-', '例 ' || n, 'q' || n || '@joumou.example', ?
          from generate_series(1, 5000) n
        """,
        body.id().value(),
        roads);
    TestPeople.run(
        """
        insert into role_grant (tenant_id, id, staff_id, role, section_id, from_at)
        select tenant_id, gen_random_uuid(), id, 'CLERK', section_id, timestamptz '2024-04-01'
          from staff where tenant_id = ? and login_id like 'q%'
        """,
        body.id().value());
    var csv = new StringBuilder(HEADING);
    for (var i = 1; i <= 5000; i++) {
      csv.append("異動,q").append(i).append(",,,2020,,,\n");
    }
    var id = check(csv.toString());
    assertThat(report(id).findings()).isEmpty();
    TestPeople.run("update transfer set state = 'RESERVED' where id = ?", id);
    var started = System.nanoTime();
    Tenancy.in(
        body.id(),
        () -> {
          transfers.apply(id);
          return true;
        });
    var millis = (System.nanoTime() - started) / 1_000_000;
    System.out.println("measured: transfer of 5000 staff " + millis + " ms");
    assertThat(report(id).transfer().state()).isEqualTo(Transfer.State.APPLIED);
    assertThat(inSection(buildings)).isEqualTo(5000);
    assertThat(millis).isLessThan(30_000);
    assertThat(Tenancy.in(body.id(), () -> transfers.rollBack(admin(), id))).isEmpty();
    assertThat(inSection(roads)).isEqualTo(5000);
  }

  /** One line for each reason that a single line can have; %d makes the login id its own. */
  private static final Map<Reason, String> PLANTS =
      new HashMap<>(
          Map.ofEntries(
              Map.entry(Reason.COLUMNS, "登録,e%d,例,a@joumou.example"),
              Map.entry(Reason.KIND_UNKNOWN, "出向,e%d,例,a@joumou.example,2010,,,"),
              Map.entry(Reason.LOGIN_MISSING, "登録,,例 %d,a@joumou.example,2010,,,"),
              Map.entry(Reason.LOGIN_UNFIT, "登録,ｅ花%d,例,a@joumou.example,2010,,,"),
              Map.entry(Reason.LOGIN_TWICE, "登録,p00000,例 %d,a@joumou.example,2010,,,"),
              Map.entry(Reason.LOGIN_UNKNOWN, "退職,nobody%d,,,,,,"),
              Map.entry(Reason.NAME_MISSING, "登録,e%d,,a@joumou.example,2010,,,"),
              Map.entry(Reason.NAME_UNFIT, "登録,e%d,例\u202e梅,a@joumou.example,2010,,,"),
              Map.entry(Reason.MAIL_MISSING, "登録,e%d,例,,2010,,,"),
              Map.entry(Reason.MAIL_UNFIT, "登録,e%d,例,a@joumou,2010,,,"),
              Map.entry(Reason.SECTION_MISSING, "登録,e%d,例,a@joumou.example,,,,"),
              Map.entry(Reason.SECTION_UNKNOWN, "登録,e%d,例,a@joumou.example,9999,,,"),
              Map.entry(Reason.POST_UNKNOWN, "登録,e%d,例,a@joumou.example,2010,社長,,"),
              Map.entry(Reason.ROLE_UNKNOWN, "登録,e%d,例,a@joumou.example,2010,,締結者,")));

  private static CsvTable.Reading table(byte[] file) {
    return CsvTable.read(file, TransferRow.HEADINGS, TransferFile.MOST_ROWS);
  }

  private static TransferFile.Read read(byte[] file) {
    return TransferFile.of(((CsvTable.Reading.Read) table(file)).lines());
  }

  private UUID check(String csv) {
    var reading = read(csv.getBytes(StandardCharsets.UTF_8));
    return Tenancy.in(
        body.id(),
        () ->
            transfers.check(
                admin(), "異動.csv", reading.rows(), reading.findings(), organisations.today()));
  }

  private StaffMember admin() {
    return Tenancy.in(body.id(), () -> staff.active(admin)).orElseThrow();
  }

  private StaffMember member(UUID id) {
    return Tenancy.in(body.id(), () -> staff.active(id)).orElseThrow();
  }

  private StaffEntry find(String login) {
    return register
        .find(
            jp.musubi.authority.Authorisation.reach(admin(), jp.musubi.authority.Act.SEE_MEMBER),
            login,
            StaffRegister.Which.ACTIVE,
            10)
        .getFirst();
  }

  private UUID clerkOf(TestContract contract) {
    return Tenancy.in(body.id(), () -> contracts.get(contract.id())).clerkId();
  }

  private Transfers.Report report(UUID id) {
    return Tenancy.in(body.id(), () -> transfers.report(id));
  }

  private void await(UUID id, Transfer.State state) throws InterruptedException {
    for (var i = 0; i < 300 && report(id).transfer().state() == Transfer.State.RESERVED; i++) {
      Thread.sleep(100);
    }
    assertThat(report(id).transfer().state()).isEqualTo(state);
  }

  private UUID post(UUID section, String title) {
    var id = UUID.randomUUID();
    TestPeople.run(
        "insert into post (tenant_id, id, section_id, title, carries) values (?, ?, ?, ?, array['APPROVER'])",
        body.id().value(),
        id,
        section,
        title);
    return id;
  }

  private void hold(UUID post, UUID person, LocalDate from) {
    TestPeople.run(
        "insert into post_holding (tenant_id, post_id, staff_id, from_date) values (?, ?, ?, ?)",
        body.id().value(),
        post,
        person,
        from);
  }

  private java.time.Instant due(UUID id) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                "select execution_time from scheduled_tasks where task_name = 'transfer' and task_instance = ?")) {
      query.setString(1, body.id() + "/" + id);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getTimestamp(1).toInstant();
      }
    }
  }

  private int inSection(UUID section) throws SQLException {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var query =
            connection.prepareStatement(
                """
                select count(*) from staff s
                  join role_grant g on g.tenant_id = s.tenant_id and g.staff_id = s.id
                   and g.section_id = s.section_id and g.until_at is null
                 where s.section_id = ? and s.login_id like 'q%'
                """)) {
      query.setObject(1, section);
      try (var row = query.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}

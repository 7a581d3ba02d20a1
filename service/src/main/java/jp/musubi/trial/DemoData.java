package jp.musubi.trial;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Two fictional bodies with sections, posts, staff of each role and offices, and the operator's own
 * body; written once into an empty database. Codes carry a right check digit and belong to no real
 * body.
 */
@Component
@ConditionalOnProperty("musubi.trial.demo-data")
class DemoData implements ApplicationRunner {
  private static final LocalDate SINCE = LocalDate.of(2024, 4, 1);

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final PasswordEncoder passwords;
  private final Clock clock;

  DemoData(
      JdbcClient jdbc, TransactionOperations transactions, PasswordEncoder passwords, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.passwords = passwords;
    this.clock = clock;
  }

  private record Place(String code, @Nullable String above, String name) {}

  /**
   * Somebody to sign in as.
   *
   * @param role null for somebody who holds a post only
   * @param scope code of the section the role is held in; null for the whole body
   */
  private record Member(
      String login, String name, String section, @Nullable String role, @Nullable String scope) {}

  private record Title(String section, String title, String carries, String holder) {}

  private record Named(String title, String holder, @Nullable String actsFor) {}

  private record BodyPlan(
      String code,
      String name,
      String kind,
      String phone,
      String domain,
      List<Place> sections,
      List<Member> members,
      List<Title> posts,
      List<Named> offices) {}

  @Override
  public void run(ApplicationArguments arguments) {
    if (jdbc.sql("select count(*) from body").query(Integer.class).single() > 0) {
      return;
    }
    // One costly hash for everybody: these passwords are printed on the console anyway.
    var hash = passwords.encode(Trial.PASSWORD);
    for (var plan : List.of(joumou(), akagi(), operator())) {
      write(plan, hash);
    }
  }

  private static BodyPlan joumou() {
    return new BodyPlan(
        "109991",
        "上毛市",
        "MUNICIPAL",
        "027-000-0000",
        "joumou",
        List.of(
            new Place("10", null, "総務部"),
            new Place("1010", "10", "人事課"),
            new Place("1020", "10", "契約検査課"),
            new Place("20", null, "建設部"),
            new Place("2010", "20", "道路課"),
            new Place("2020", "20", "建築課"),
            new Place("90", null, "監査委員事務局")),
        List.of(
            new Member("hanako", "見本 花子", "2010", "CLERK", "2010"),
            new Member("kenji", "見本 健二", "2020", "CLERK", "2020"),
            new Member("makoto", "見本 誠", "2010", null, null),
            new Member("susumu", "見本 進", "20", null, null),
            new Member("taro", "見本 太郎", "10", "SIGNER", null),
            new Member("fumi", "見本 文", "10", "SIGNER", "10"),
            new Member("jiro", "見本 次郎", "2010", "VIEWER", "20"),
            new Member("setsuko", "見本 節子", "20", "SECTION_ADMIN", "20"),
            new Member("kiyoshi", "見本 清", "1010", "BODY_ADMIN", null),
            new Member("kanako", "見本 加奈子", "90", "AUDITOR", null)),
        List.of(
            new Title("2010", "道路課長", "APPROVER", "makoto"),
            new Title("20", "建設部長", "APPROVER", "susumu")),
        List.of(new Named("上毛市長", "taro", null), new Named("上毛市長職務代理者 上毛市副市長", "fumi", "上毛市長")));
  }

  private static BodyPlan akagi() {
    return new BodyPlan(
        "109983",
        "赤城町",
        "MUNICIPAL",
        "027-000-1000",
        "akagi",
        List.of(new Place("10", null, "総務課"), new Place("1010", "10", "管財係")),
        List.of(
            new Member("midori", "例田 みどり", "1010", "CLERK", "1010"),
            new Member("goro", "例田 五郎", "10", "SIGNER", null),
            new Member("sachi", "例田 幸", "10", "BODY_ADMIN", null)),
        List.of(),
        List.of(new Named("赤城町長", "goro", null)));
  }

  private static BodyPlan operator() {
    return new BodyPlan(
        "000000",
        "むすび運営（試用）",
        "OPERATOR",
        "027-000-9000",
        "musubi",
        List.of(new Place("10", null, "運営室"), new Place("20", null, "共同調達事務局")),
        List.of(
            new Member("unei", "例 運", "10", "OPERATOR", null),
            new Member("eiko", "例 営子", "10", "OPERATOR", null),
            new Member("jimu", "例 務", "20", "SECRETARIAT", null)),
        List.of(),
        List.of());
  }

  private void write(BodyPlan plan, @Nullable String hash) {
    var tenant = new TenantId(UUID.randomUUID());
    Tenancy.in(
        tenant,
        () ->
            transactions.execute(_ -> {
              jdbc.sql(
                      """
                      insert into body (id, code, name, phone, created_at, kind)
                      values (:id, :code, :name, :phone, :now, :kind)
                      """)
                  .param("id", tenant.value())
                  .param("code", plan.code())
                  .param("name", plan.name())
                  .param("phone", plan.phone())
                  .param("now", Timestamp.from(clock.instant()))
                  .param("kind", plan.kind())
                  .update();
              var sections = sections(plan);
              var staff = new HashMap<String, UUID>();
              for (var member : plan.members()) {
                staff.put(member.login(), member(plan, member, hash, sections));
              }
              plan.posts().forEach(post -> post(post, sections, staff));
              offices(plan, staff);
              return tenant;
            }));
  }

  private Map<String, UUID> sections(BodyPlan plan) {
    var ids = new HashMap<String, UUID>();
    for (var place : plan.sections()) {
      var id = UUID.randomUUID();
      ids.put(place.code(), id);
      jdbc.sql("insert into section (id, code) values (:id, :code)")
          .param("id", id)
          .param("code", place.code())
          .update();
      jdbc.sql(
              """
              insert into section_term (section_id, from_date, parent_id, name, phone)
              values (:id, :from, :parent, :name, :phone)
              """)
          .param("id", id)
          .param("from", SINCE)
          .param("parent", place.above() == null ? null : ids.get(place.above()), Types.OTHER)
          .param("name", place.name())
          .param("phone", plan.phone())
          .update();
    }
    return ids;
  }

  private UUID member(
      BodyPlan plan, Member member, @Nullable String hash, Map<String, UUID> sections) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into staff (id, login_id, password_hash, name, mail, section_id)
            values (:id, :login, :hash, :name, :mail, :section)
            """)
        .param("id", id)
        .param("login", member.login())
        .param("hash", hash)
        .param("name", member.name())
        .param("mail", "%s@%s.example".formatted(member.login(), plan.domain()))
        .param("section", sections.get(member.section()))
        .update();
    if (member.role() != null) {
      jdbc.sql(
              """
              insert into role_grant (id, staff_id, role, section_id, from_at)
              values (:id, :staff, :role, :section, :now)
              """)
          .param("id", UUID.randomUUID())
          .param("staff", id)
          .param("role", member.role())
          .param(
              "section", member.scope() == null ? null : sections.get(member.scope()), Types.OTHER)
          .param("now", Timestamp.from(clock.instant()))
          .update();
    }
    return id;
  }

  private void post(Title post, Map<String, UUID> sections, Map<String, UUID> staff) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into post (id, section_id, title, carries)
            values (:id, :section, :title, array[:carries])
            """)
        .param("id", id)
        .param("section", sections.get(post.section()))
        .param("title", post.title())
        .param("carries", post.carries())
        .update();
    jdbc.sql("insert into post_holding (post_id, staff_id, from_date) values (:post, :staff, :day)")
        .param("post", id)
        .param("staff", staff.get(post.holder()))
        .param("day", SINCE)
        .update();
  }

  private void offices(BodyPlan plan, Map<String, UUID> staff) {
    var ids = new HashMap<String, UUID>();
    for (var office : plan.offices()) {
      var id = UUID.randomUUID();
      ids.put(office.title(), id);
      jdbc.sql("insert into office (id, title, acting_for) values (:id, :title, :acting)")
          .param("id", id)
          .param("title", office.title())
          .param("acting", office.actsFor() == null ? null : ids.get(office.actsFor()), Types.OTHER)
          .update();
      jdbc.sql(
              """
              insert into office_term (office_id, from_date, holder_id, holder_name)
              select :office, :from, id, name from staff where id = :holder
              """)
          .param("office", id)
          .param("from", SINCE)
          .param("holder", staff.get(office.holder()))
          .update();
    }
  }
}

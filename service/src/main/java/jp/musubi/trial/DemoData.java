package jp.musubi.trial;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Two fictional bodies with sections, staff and offices, written once into an empty database. Codes
 * carry a right check digit and belong to no real body.
 */
@Component
@ConditionalOnProperty("musubi.trial.demo-data")
class DemoData implements ApplicationRunner {
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

  private record Member(String login, String name, String role) {}

  @Override
  public void run(ApplicationArguments arguments) {
    if (jdbc.sql("select count(*) from body").query(Integer.class).single() > 0) {
      return;
    }
    // One costly hash for everybody: these passwords are printed on the console anyway.
    var hash = passwords.encode(Trial.PASSWORD);
    body(
        hash,
        "109991",
        "上毛市",
        "027-000-0000",
        "joumou",
        List.of("建設部", "道路課"),
        "上毛市長",
        List.of(
            new Member("hanako", "見本 花子", "CLERK"),
            new Member("taro", "見本 太郎", "SIGNER"),
            new Member("jiro", "見本 次郎", "VIEWER")));
    body(
        hash,
        "109983",
        "赤城町",
        "027-000-1000",
        "akagi",
        List.of("総務課", "管財係"),
        "赤城町長",
        List.of(new Member("midori", "例田 みどり", "CLERK"), new Member("goro", "例田 五郎", "SIGNER")));
  }

  private void body(
      String hash,
      String code,
      String name,
      String phone,
      String domain,
      List<String> sections,
      String officeTitle,
      List<Member> members) {
    var tenant = new TenantId(UUID.randomUUID());
    Tenancy.in(
        tenant,
        () ->
            transactions.execute(_ -> {
              jdbc.sql("insert into body values (:id, :code, :name, :phone, :now)")
                  .param("id", tenant.value())
                  .param("code", code)
                  .param("name", name)
                  .param("phone", phone)
                  .param("now", Timestamp.from(clock.instant()))
                  .update();
              var section = sections(sections, phone);
              var office = UUID.randomUUID();
              jdbc.sql("insert into office (id, title) values (:id, :title)")
                  .param("id", office)
                  .param("title", officeTitle)
                  .update();
              members.forEach(member -> member(hash, member, domain, section, office));
              return tenant;
            }));
  }

  private UUID sections(List<String> names, String phone) {
    UUID parent = UUID.randomUUID();
    jdbc.sql("insert into section (id, name, phone) values (:id, :name, :phone)")
        .param("id", parent)
        .param("name", names.getFirst())
        .param("phone", phone)
        .update();
    for (var name : names.subList(1, names.size())) {
      var id = UUID.randomUUID();
      jdbc.sql(
              "insert into section (id, parent_id, name, phone) values (:id, :parent, :name, :phone)")
          .param("id", id)
          .param("parent", parent)
          .param("name", name)
          .param("phone", phone)
          .update();
      parent = id;
    }
    return parent;
  }

  private void member(String hash, Member member, String domain, UUID section, UUID office) {
    var id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into staff (id, login_id, password_hash, name, mail, section_id, roles)
            values (:id, :login, :hash, :name, :mail, :section, array[:role])
            """)
        .param("id", id)
        .param("login", member.login())
        .param("hash", hash)
        .param("name", member.name())
        .param("mail", "%s@%s.example".formatted(member.login(), domain))
        .param("section", section)
        .param("role", member.role())
        .update();
    if (member.role().equals("SIGNER")) {
      jdbc.sql(
              """
              insert into office_term (office_id, from_date, holder_id, holder_name)
              values (:office, :from, :holder, :name)
              """)
          .param("office", office)
          .param("from", LocalDate.of(2024, 4, 1))
          .param("holder", id)
          .param("name", member.name())
          .update();
    }
  }
}

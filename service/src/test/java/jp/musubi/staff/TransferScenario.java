package jp.musubi.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.musubi.TestPeople;
import jp.musubi.harness.Case;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.Tenancy;
import org.springframework.context.ApplicationContext;

/** 人事異動: a list is reserved, and takes effect as a whole. */
public final class TransferScenario {
  private static final String LIST =
      String.join(",", TransferRow.HEADINGS)
          + "\r\n登録,ume,例 梅,ume@joumou.example,2010,,担当者,\r\n変更,jiro,見本 治郎,,,,,\r\n";

  private final Transfers transfers;
  private final Staff staff;
  private final Organisations organisations;

  /** On the running service. */
  public TransferScenario(ApplicationContext context) {
    transfers = context.getBean(Transfers.class);
    staff = context.getBean(Staff.class);
    organisations = context.getBean(Organisations.class);
  }

  /** Plays it once. */
  public void play(Case each) throws Exception {
    var body = each.body();
    var admin = TestPeople.member(body, "kiyoshi", "見本 清", body.section(), "BODY_ADMIN", null);
    TestPeople.section(body, "2010", "道路課", body.section());
    var person = Tenancy.in(body.id(), () -> staff.active(admin)).orElseThrow();
    var read =
        CsvTable.read(
            LIST.getBytes(StandardCharsets.UTF_8), TransferRow.HEADINGS, TransferFile.MOST_ROWS);
    var file = TransferFile.of(((CsvTable.Reading.Read) read).lines());
    var id =
        Tenancy.in(
            body.id(),
            () ->
                transfers.check(
                    person, "異動.csv", file.rows(), file.findings(), organisations.today()));
    each.step(
        "reserve",
        () -> Tenancy.in(body.id(), () -> transfers.reserve(person, id, organisations.today())),
        () ->
            Tenancy.in(body.id(), () -> transfers.report(id)).transfer().state()
                != Transfer.State.CHECKED);
    each.workOff();

    assertThat(Tenancy.in(body.id(), () -> transfers.report(id)).transfer().state())
        .isEqualTo(Transfer.State.APPLIED);
    assertThat(
            TestPeople.text(
                "select string_agg(name, ',' order by name) from staff where tenant_id = ?"
                    + " and login_id in ('ume', 'jiro')",
                body.id().value()))
        .isEqualTo("例 梅,見本 治郎");
    assertThat(
            TestPeople.text(
                "select count(*)::text from audit_entry where tenant_id = ?"
                    + " and action = 'transfer.applied'",
                body.id().value()))
        .isEqualTo("1");
  }
}

package jp.musubi.disposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("締結済みの契約は")
class DeletionTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired JdbcClient jdbc;
  @Autowired TransactionTemplate transaction;

  private DisposalHouse house;

  @BeforeEach
  void aBody() {
    house =
        new DisposalHouse(mvc, vault, TestBody.create("-"), passwords.encode(TestBody.PASSWORD));
  }

  @Test
  @DisplayName("本サービスのデータベースの権限でも、その上の権限でも、SQLで削除も、取り外しも、廃棄済への書換えもできない")
  void isDeletedByNobody() {
    var contract = house.due();
    for (var sql :
        List.of(
            "delete from contract where id = '%s'",
            "update contract set state = 'DRAFT', final_sha256 = null, concluded_at = null,"
                + " certificate_sha256 = null, certificate_masked_sha256 = null where id = '%s'",
            "update contract set state = 'DISPOSED' where id = '%s'",
            "update contract set final_sha256 = certificate_sha256 where id = '%s'",
            "delete from vault_object where sha256 ="
                + " (select final_sha256 from contract where id = '%s')",
            "update vault_object set erased_at = now() where sha256 ="
                + " (select final_sha256 from contract where id = '%s')",
            "update party set name = '' where contract_id = '%s'")) {
      refuses(sql.formatted(contract));
    }
    refusesAsSuperuser("truncate contract cascade");
    assertThat(DisposalHouse.state(contract)).isEqualTo("CONCLUDED");
    assertThat(
            TestPeople.text(
                "select count(*)::text from vault_object where erased_at is not null"
                    + " and tenant_id = ?",
                house.body.id().value()))
        .isEqualTo("0");
  }

  @Test
  @DisplayName("保存期間の前、保留中、一人だけの案では、SQLで廃棄記録も書けず、書いた廃棄記録は消せない")
  void isRecordedAsDisposedOfOnlyByTwo() throws Exception {
    var early = house.concluded(LocalDate.of(2099, 3, 31), 5);
    var held = house.due();
    TestPeople.run(
        "insert into disposal_hold (tenant_id, id, contract_id, kind, reason, placed_by,"
            + " placed_name, placed_at) values (?, gen_random_uuid(), ?, 'AUDIT', 'x', ?, 'x', now())",
        house.body.id().value(),
        held,
        house.admin);
    var alone = house.due();
    for (var contract : new UUID[] {early, held}) {
      var proposal = proposal(contract, "'CONFIRMED', '" + house.approver + "', 'y', now()");
      refuses(record(contract, proposal));
    }
    refuses(record(alone, proposal(alone, "null, null, null, null")));
    refusesAsSuperuser(
        "insert into disposal_proposal (tenant_id, id, reason, proposed_by, proposed_name,"
            + " proposed_at, outcome, decided_by, decided_name, decided_at) values ('%s',"
                .formatted(house.body.id())
            + " gen_random_uuid(), 'x', '%1$s', 'x', now(), 'CONFIRMED', '%1$s', 'x', now())"
                .formatted(house.admin));

    var due = house.due();
    house.dispose(due);
    refuses("delete from disposal_record where contract_id = '%s'".formatted(due));
    refuses("update disposal_record set reason = 'x' where contract_id = '%s'".formatted(due));
    refuses(
        "update disposal_proposal set outcome = null where tenant_id = '%s'"
            .formatted(house.body.id()));
    refuses("update contract set state = 'CONCLUDED' where id = '%s'".formatted(due));
    refuses("delete from disposal_object where contract_id = '%s'".formatted(due));
  }

  private UUID proposal(UUID contract, String decided) {
    var id = UUID.randomUUID();
    TestPeople.run(
        "insert into disposal_proposal (tenant_id, id, reason, proposed_by, proposed_name,"
            + " proposed_at, outcome, decided_by, decided_name, decided_at) values (?, ?, 'x', ?,"
            + " 'x', now(), "
            + decided
            + ")",
        house.body.id().value(),
        id,
        house.admin);
    TestPeople.run(
        "insert into disposal_item (tenant_id, proposal_id, contract_id) values (?, ?, ?)",
        house.body.id().value(),
        id,
        contract);
    return id;
  }

  private String record(UUID contract, UUID proposal) {
    return """
    insert into disposal_record (tenant_id, contract_id, proposal_id, number, title, kind,
                                 counterparties, section, concluded_at, keeping_years,
                                 kept_until, reason, proposed_name, proposed_at,
                                 confirmed_name, confirmed_at, confirmed_how)
    values ('%s', '%s', '%s', 'x', 'x', 'WORKS', '', '', now(), 5, date '2018-03-31', 'x', 'x',
            now(), 'y', now(), 'PASSWORD')
    """
        .formatted(house.body.id(), contract, proposal);
  }

  /** As the service's own role within the body, and as the superuser. */
  private void refuses(String sql) {
    assertThatThrownBy(() ->
            Tenancy.in(house.body.id(), () -> transaction.execute(_ -> jdbc.sql(sql).update())))
        .as(sql)
        .isInstanceOf(org.springframework.dao.DataAccessException.class);
    refusesAsSuperuser(sql);
  }

  private static void refusesAsSuperuser(String sql) {
    assertThatThrownBy(() -> TestPeople.run(sql)).as(sql).isInstanceOf(IllegalStateException.class);
  }
}

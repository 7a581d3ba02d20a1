package jp.musubi.disposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.Faults;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.DocumentPages;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.operations.Auditor;
import jp.musubi.operations.Violation;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.vault.Finding;
import jp.musubi.vault.SecondStores;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import jp.musubi.vault.VaultCare;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("廃棄した契約のファイルは")
class ErasingTest {
  @Autowired MockMvc mvc;
  @Autowired Vault vault;
  @Autowired PasswordEncoder passwords;
  @Autowired Erasing erasing;
  @Autowired RecordStore records;
  @Autowired DocumentPages pages;
  @Autowired Blanking blanking;
  @Autowired AuditTrail audit;
  @Autowired Auditor auditor;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;
  @Autowired ApplicationContext context;
  @TempDir Path folder;

  private final Faults faults = ServiceTest.RealParts.faults();
  private DisposalHouse house;

  @BeforeEach
  void aBody() {
    house =
        new DisposalHouse(mvc, vault, TestBody.create("-"), passwords.encode(TestBody.PASSWORD));
  }

  @Test
  @DisplayName("途中で止まっても、半分廃棄された契約とは見えず、続きから消え、二度目は何も変えない")
  void areErasedThoughTheServiceDies() throws Exception {
    var contract = house.due();
    var before = house.stored();
    house.dispose(contract);
    for (var point : new String[] {"ObjectStore.remove:before", "ObjectStore.remove:after"}) {
      faults.breakOnceAt(house.body.id(), point);
      Tenancy.in(house.body.id(), erasing::run);
      assertThat(faults.areAllMet()).isTrue();
      assertThat(DisposalHouse.state(contract)).isEqualTo("DISPOSED");
      assertThat(house.page(house.admin, "/contracts/" + contract).text()).contains("処理しています");
      assertThat(house.open(house.admin, "/contracts/" + contract + "/document.pdf").getStatus())
          .isEqualTo(404);
    }

    assertThat(Tenancy.in(house.body.id(), erasing::run)).isEqualTo(1);
    assertThat(Tenancy.in(house.body.id(), erasing::run)).isZero();
    assertThat(house.stored()).isEqualTo(before - 3);
    assertThat(
            DisposalHouse.text(
                "select count(*)::text from audit_entry where action = 'disposal.erased'"
                    + " and contract_id = ?",
                contract))
        .isEqualTo("1");
    assertThat(erasureCodes()).isEmpty();
  }

  @Test
  @DisplayName("他社サービスで締結した契約も、同じ手順で、検証の記録と読み取った本文とともに消える")
  void takeWhatWasConcludedElsewhere() throws Exception {
    var file = house.store("他社の契約書");
    var contract = TestContract.draft(house.body, vault).id().value();
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        update contract
           set state = 'ELSEWHERE', document_sha256 = '%2$s', prepared_sha256 = null,
               final_sha256 = '%2$s', period_until = date '2013-03-31',
               concluded_at = timestamptz '2012-04-02 09:00+09'
         where id = '%1$s';
        insert into elsewhere_record (tenant_id, contract_id, service, standing, report, judged_at,
                                      registered_name, registered_at)
        values ('%3$s', '%1$s', '見本サイン', 'COPY', '例田 一郎', now(), '見本 花子', now());
        insert into contract_text (tenant_id, contract_id, outcome, pages, text, extracted_at)
        values ('%3$s', '%1$s', 'ALL', 1, '例田 一郎', now()); end $$
        """
            .formatted(contract, file, house.body.id()));
    house.keep(contract, 5);
    house.dispose(contract);
    Tenancy.in(house.body.id(), erasing::run);

    assertThat(DisposalHouse.state(contract)).isEqualTo("DISPOSED");
    assertThatThrownBy(() -> read(file)).isInstanceOf(NotFound.class);
    assertThat(
            DisposalHouse.text(
                "select report from elsewhere_record where contract_id = ?", contract))
        .isEmpty();
    assertThat(
            DisposalHouse.text(
                "select count(*)::text from contract_text where contract_id = ?", contract))
        .isEqualTo("0");
    assertThat(house.page(house.admin, "/contracts/" + contract).text())
        .contains("廃棄")
        .doesNotContain("まだ同意していません");
    assertThat(erasureCodes()).isEmpty();
  }

  @Test
  @DisplayName("ほかの契約が同じファイルを使う間は残り、その契約も廃棄すると消える")
  void stayWhileAnotherContractHasThem() throws Exception {
    var shared = house.store("同じ契約書");
    var one = house.concluded(shared, LocalDate.of(2013, 3, 31), 5);
    var other = house.concluded(shared, LocalDate.of(2013, 3, 31), 5);
    house.dispose(one);
    Tenancy.in(house.body.id(), erasing::run);

    assertThat(read(shared)).isEqualTo("同じ契約書");
    assertThat(house.open(house.admin, "/contracts/" + one + "/document.pdf").getStatus())
        .isEqualTo(404);
    assertThat(house.open(house.admin, "/contracts/" + other + "/document.pdf").getStatus())
        .isEqualTo(200);
    assertThat(house.page(house.admin, "/contracts/" + one).text()).contains("3個のうち1個は");

    house.dispose(other);
    Tenancy.in(house.body.id(), erasing::run);
    assertThatThrownBy(() -> read(shared)).isInstanceOf(NotFound.class);
    assertThat(erasureCodes()).isEmpty();
  }

  @Test
  @DisplayName("複製からも消え、その後の点検で失われたとも言われず、直されもしない。同じファイルがまた来れば、また置かれる")
  void areErasedFromTheSecondStoreAndNotRepaired() throws Exception {
    var second = folder.resolve("second");
    var told = new ArrayList<String>();
    var care = SecondStores.care(context, second, Clock.systemUTC());
    var contract = house.due();
    var file = DisposalHouse.file(contract);
    run(care, told);
    var original = StoredObjects.file(keys, transaction, house.body.id(), file);
    var copy = second.resolve(ServiceTest.RealParts.store().relativize(original));
    assertThat(original).exists();
    assertThat(copy).exists();
    var copies = count(second);
    house.dispose(contract);
    Tenancy.in(house.body.id(), withSecondStore(second)::run);

    assertThat(original).doesNotExist();
    assertThat(copy).doesNotExist();
    assertThat(count(second)).isEqualTo(copies - 3);
    var later =
        SecondStores.care(context, second, Clock.offset(Clock.systemUTC(), Duration.ofDays(31)));
    run(later, told);
    run(later, told);
    assertThat(told).isEmpty();
    assertThat(copy).doesNotExist();
    assertThat(original).doesNotExist();
    assertThat(erasureCodes()).isEmpty();

    Files.copy(Files.writeString(folder.resolve("back"), "x"), original);
    assertThat(erasureCodes()).contains("erased-but-there");
    Files.delete(original);

    var again = house.store("また来る契約書");
    var next = house.concluded(again, LocalDate.of(2013, 3, 31), 5);
    house.dispose(next);
    Tenancy.in(house.body.id(), withSecondStore(second)::run);
    assertThatThrownBy(() -> read(again)).isInstanceOf(NotFound.class);
    house.store("また来る契約書");
    assertThat(read(again)).isEqualTo("また来る契約書");
    run(later, told);
    assertThat(told).isEmpty();
  }

  @Test
  @DisplayName("延長した版も、途切れた延長が残したものも消える")
  void areErasedWithTheirLaterVersions() throws Exception {
    var contract = house.due();
    var before = house.stored();
    var renewed = house.store("延長した版 " + contract);
    var left = house.store("途切れた延長の版 " + contract);
    TestPeople.run(
        """
        insert into protection (tenant_id, contract_id, file, ordinal, sha256, stamped_at, authority,
                                algorithms, ends_at, cause, why, recorded_at)
        select tenant_id, id, 'FINAL', n.ordinal, n.sha256, now(), 'CN=試用 #1', array['SHA-256'],
               now() + interval '5 years', 'CERTIFICATE_EXPIRY', n.why, now()
          from contract, (values (0, ?, 'CONCLUSION'), (1, ?, 'DUE')) n (ordinal, sha256, why)
         where id = ?
        """,
        DisposalHouse.file(contract).hex(),
        renewed.hex(),
        contract);
    for (var made : List.of(renewed, left)) {
      TestPeople.run(
          """
          insert into protection_made (tenant_id, contract_id, sha256, made_at)
          values (?, ?, ?, now())
          """,
          house.body.id().value(),
          contract,
          made.hex());
    }
    house.dispose(contract);
    Tenancy.in(house.body.id(), erasing::run);

    assertThat(house.stored()).isEqualTo(before - 3);
    assertThatThrownBy(() -> read(renewed)).isInstanceOf(NotFound.class);
    assertThatThrownBy(() -> read(left)).isInstanceOf(NotFound.class);
    assertThat(house.open(house.admin, "/contracts/" + contract + "/protection").getStatus())
        .isEqualTo(404);
    assertThat(erasureCodes()).isEmpty();
  }

  private Erasing withSecondStore(Path second) {
    return new Erasing(
        records,
        SecondStores.erasure(context, second),
        pages,
        blanking,
        audit,
        transaction,
        Clock.systemUTC());
  }

  private static long count(Path folder) throws java.io.IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private void run(VaultCare care, List<String> told) {
    Tenancy.in(
        house.body.id(),
        () ->
            care.run(
                1 << 30,
                new VaultCare.Told() {
                  @Override
                  public void found(Finding finding) {
                    told.add("found " + finding);
                  }

                  @Override
                  public void repaired(Finding finding) {
                    told.add("repaired " + finding);
                  }
                }));
  }

  private String read(jp.musubi.seal.Sha256 file) {
    return new String(StoredObjects.bytes(vault, house.body.id(), file), StandardCharsets.UTF_8);
  }

  /**
   * Of these contracts nothing was really sealed; what concerns erasure can be told all the same.
   */
  private List<String> erasureCodes() {
    return auditor.audit(house.body.id(), house.body.code()).stream()
        .map(Violation::code)
        .filter(code ->
            code.startsWith("erased-") || code.startsWith("disposed-") || code.startsWith("object"))
        .toList();
  }
}

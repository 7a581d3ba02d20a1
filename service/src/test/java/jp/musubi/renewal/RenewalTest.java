package jp.musubi.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.musubi.Faults;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.operations.Auditor;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.testkit.Fault;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PkiServer;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** S-07: of contracts that were really sealed, under an authority whose certificate ends soon. */
@ServiceTest
@DisplayName("期限の近い契約は")
class RenewalTest {
  private static final Set<Verdict> VALID = Set.of(Verdict.VALID, Verdict.VALID_WITH_WARNINGS);

  /** Less than the year before which renewals are due. */
  private static final Duration SOON = Duration.ofDays(300);

  @Autowired MockMvc mvc;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired Renewing renewing;
  @Autowired RenewalRound round;
  @Autowired Versions versions;
  @Autowired Auditor auditor;
  @Autowired TransactionTemplate transaction;
  @TempDir Path folder;

  private final PkiServer pki = ServiceTest.RealParts.pki();
  private final Faults faults = ServiceTest.RealParts.faults();
  // The service works by the real clock, and so do its authorities.
  private final Instant now = Instant.now();
  private RenewalHouse house;
  private ContractId contract;

  @BeforeEach
  void aContractThatEndsSoon() {
    house = new RenewalHouse(mvc, contracts, vault);
    pki.pki().shortenTimestamp(KeyKind.P_256, now.plus(SOON));
    contract = house.concluded();
  }

  @AfterEach
  void wholeAgain() {
    pki.pki().rollTimestamp(KeyKind.P_256);
    pki.tsa().heal();
    assertThat(faults.areAllMet()).isTrue();
  }

  @Test
  @DisplayName("自動で延長され、はじめの証明書が切れた後も検証でき、元のファイルはそのまま残る")
  void areRenewedAndValidBeyondTheFirstTimestamp() throws Exception {
    assertThat(house.page(house.body.clerk(), "/contracts/" + contract).text())
        .contains("この契約書の検証ができる期間", "終わる前に自動で延長します");
    // With the same certificate there is nothing to gain: it waits, and says so.
    assertThat(run()).isEqualTo(new RenewalRound.Done(0, 0));
    assertThat(all()).extracting(Version::ordinal).containsOnly(0);
    assertThat(house.page(house.admin, "/renewals").text()).contains("今の証明書では、期間が延びません");

    pki.pki().rollTimestamp(KeyKind.P_256);
    again();
    assertThat(run()).isEqualTo(new RenewalRound.Done(0, 1));
    assertThat(run()).isEqualTo(new RenewalRound.Done(0, 0));

    assertThat(all()).hasSize(6).extracting(Version::ordinal).containsExactly(0, 1, 0, 1, 0, 1);
    for (var kind : Version.Kind.values()) {
      var of = all().stream().filter(version -> version.kind() == kind).toList();
      var before = bytes(of.getFirst().sha256());
      var after = bytes(of.getLast().sha256());
      assertThat(after).startsWith(before).hasSizeGreaterThan(before.length);
      assertThat(of.getLast().endsAt()).isAfter(now.plus(Duration.ofDays(9 * 365)));
      var later = now.plus(Duration.ofDays(2 * 365));
      // Its timestamps are of the real time.
      var today = Instant.now();
      assertThat(verdict(after, today)).isIn(VALID);
      assertThat(verdict(after, later)).isIn(VALID);
      assertThat(verdict(before, today)).isIn(VALID);
      assertThat(verdict(before, later)).isNotIn(VALID);
    }
    handsOutTheNewestAndKeepsTheFirst();
    assertThat(auditor.audit(house.body.id(), house.body.code())).isEmpty();
    assertThat(entries("protection.extended")).isEqualTo(1);
  }

  private void handsOutTheNewestAndKeepsTheFirst() throws Exception {
    var path = "/contracts/" + contract;
    assertThat(house.open(house.body.clerk(), path + "/document.pdf").getContentAsByteArray())
        .isEqualTo(bytes(version(Version.Kind.FINAL, 1).sha256()));
    assertThat(house.open(house.body.clerk(), path + "/certificate.pdf").getContentAsByteArray())
        .isEqualTo(bytes(version(Version.Kind.CERTIFICATE, 1).sha256()));
    assertThat(
            house
                .open(house.body.clerk(), path + "/protection/FINAL/0.pdf")
                .getContentAsByteArray())
        .isEqualTo(bytes(version(Version.Kind.FINAL, 0).sha256()));
    assertThat(house.page(house.body.clerk(), path + "/protection").text())
        .contains("締結したときの版", "1回めの延長の版", "期間の終わりが近づいたため");
    assertThat(
            house
                .press(
                    house.body.clerk(),
                    path + "/original",
                    "sha256",
                    version(Version.Kind.FINAL, 1).sha256().hex())
                .getContentAsString())
        .contains("data-type=\"success\"");
  }

  @Test
  @DisplayName("どの外部呼出しの前後で途切れても、やり直して一度だけ延長され、何も上書きされない")
  void areRenewedOnceAfterACrashAtAnyPort() {
    pki.pki().rollTimestamp(KeyKind.P_256);
    for (var port :
        List.of(
            "Vault.with",
            "TimestampAuthority.timestamp",
            "RevocationSource.revocationOf",
            "Vault.put")) {
      for (var side : List.of(":before", ":after")) {
        faults.breakOnceAt(house.body.id(), port + side);
        assertThat(renew()).as(port + side).isIn(Outcome.WAITS, Outcome.ALL_WAIT);
        assertThat(faults.areAllMet()).as(port + side).isTrue();
        assertThat(all()).as(port + side).extracting(Version::ordinal).containsOnly(0);
      }
    }
    assertThat(renew()).isEqualTo(Outcome.DONE);
    assertThat(renew()).isEqualTo(Outcome.NOTHING);
    assertThat(all()).extracting(Version::ordinal).containsExactly(0, 1, 0, 1, 0, 1);
    // What the broken-off runs stored is known, so that a disposal finds it.
    assertThat(
            RenewalHouse.count(
                "select count(*) from vault_object o where tenant_id = ? and not exists (select from"
                    + " protection_made m where m.sha256 = o.sha256) and stored_at > ("
                    + "select max(recorded_at) from protection p where p.tenant_id = o.tenant_id"
                    + " and ordinal = 0)",
                house.body.id().value()))
        .isZero();
    assertThat(auditor.audit(house.body.id(), house.body.code())).isEmpty();
  }

  @Test
  @DisplayName("ほかのノードが引き継いだ後に目覚めたノードの延長は捨てる")
  void discardTheWorkOfAnOvertakenNode() {
    pki.pki().rollTimestamp(KeyKind.P_256);
    faults.onceAt(
        house.body.id(), "Vault.put:after", () -> assertThat(renew()).isEqualTo(Outcome.DONE));
    assertThat(renew()).isEqualTo(Outcome.NOTHING);
    assertThat(all()).extracting(Version::ordinal).containsExactly(0, 1, 0, 1, 0, 1);
    assertThat(entries("protection.extended")).isEqualTo(1);
  }

  @Test
  @DisplayName("時刻認証局が止まっていれば理由を示して待ち、30日遅れると監査で分かる")
  void waitForAnAuthorityThatIsAway() throws Exception {
    pki.pki().rollTimestamp(KeyKind.P_256);
    pki.tsa().fail(new Fault.Refuse());
    assertThat(run()).isEqualTo(new RenewalRound.Done(0, 0));
    assertThat(house.page(house.admin, "/renewals").text())
        .contains("時刻認証局が応答しません", "30日を過ぎた契約が1件");
    assertThat(auditor.audit(house.body.id(), house.body.code()))
        .extracting(each -> each.code())
        .containsExactly("renewal-late");
    pki.tsa().heal();
    renewedAtLast();
  }

  /** What was away is left alone for some seconds, by the real clock. */
  private void renewedAtLast() throws InterruptedException {
    for (var i = 0; i < 120; i++) {
      again();
      if (run().renewed() == 1) {
        return;
      }
      Thread.sleep(500);
    }
    throw new AssertionError("not renewed");
  }

  @Test
  @DisplayName("今すぐの延長を管理者だけが確かめたうえで求められ、記録に残り、すぐに延長される")
  void areRenewedWhenAnAdministratorAsks() throws Exception {
    var key = UUID.randomUUID().toString();
    var number = RenewalHouse.number(contract.value());
    assertThat(
            house
                .press(house.admin, "/renewals/now", "idempotencyKey", key, "numbers", number)
                .getStatus())
        .isEqualTo(422);
    assertThat(ask(house.admin, key, "R1-000000").getStatus()).isEqualTo(422);
    assertThat(ask(house.body.clerk(), key, number).getStatus()).isEqualTo(403);
    assertThat(entries("protection.asked")).isZero();

    for (var twice = 0; twice < 2; twice++) {
      assertThat(ask(house.admin, key, number).getRedirectedUrl()).isEqualTo("/renewals");
    }
    house.awaitVersions(contract, 6);
    assertThat(entries("protection.asked")).isEqualTo(1);
    assertThat(version(Version.Kind.FINAL, 1).asked()).isPresent();
  }

  private MockHttpServletResponse ask(UUID who, String key, String number) throws Exception {
    return house.press(
        who, "/renewals/now", "idempotencyKey", key, "numbers", number, "confirmed", "true");
  }

  private RenewalRound.Done run() {
    return Tenancy.in(house.body.id(), round::run);
  }

  private Outcome renew() {
    return Tenancy.in(house.body.id(), () -> renewing.renew(contract));
  }

  /** The pause after a trouble is over. */
  private void again() {
    TestPeople.run(
        "update protection_work set next_at = now() where contract_id = ?", contract.value());
  }

  private List<Version> all() {
    return Tenancy.in(house.body.id(), () -> transaction.execute(_ -> versions.of(contract)));
  }

  private Version version(Version.Kind kind, int ordinal) {
    return all().stream()
        .filter(each -> each.kind() == kind && each.ordinal() == ordinal)
        .findFirst()
        .orElseThrow();
  }

  private byte[] bytes(Sha256 file) {
    return StoredObjects.bytes(vault, house.body.id(), file);
  }

  private int entries(String action) {
    return Integer.parseInt(
        TestPeople.text(
            "select count(*) from audit_entry where contract_id = ? and action = ?",
            contract.value(),
            action));
  }

  private Verdict verdict(byte[] pdf, Instant at) throws Exception {
    var file = Files.write(folder.resolve(UUID.randomUUID() + ".pdf"), pdf);
    return Validator.validate(file, new ValidationPolicy(Set.of(pki.pki().root()), at)).verdict();
  }
}

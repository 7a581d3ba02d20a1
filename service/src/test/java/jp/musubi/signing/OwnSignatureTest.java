package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Preparing;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.Terms;
import jp.musubi.evidence.Actor;
import jp.musubi.operations.Auditor;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.Validator;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.staff.StaffMember;
import jp.musubi.testkit.CertificateOrder;
import jp.musubi.testkit.Identity;
import jp.musubi.testkit.KeyKind;
import jp.musubi.testkit.PartySoftware;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@SigningTest
@DisplayName("当事者型の署名")
class OwnSignatureTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String OWN = "/own-signature";
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "test");

  @LocalServerPort private int port;
  @Autowired private Drafts drafts;
  @Autowired private Preparing preparing;
  @Autowired private Contracts contracts;
  @Autowired private Organisations organisations;
  @Autowired private Vault vault;
  @Autowired private Auditor auditor;
  @TempDir private Path folder;

  private TestBody body;
  private Browser browser;
  private ContractId contract;
  private String mail;
  private List<String> found = List.of();

  @BeforeEach
  void sent() {
    body = TestBody.create("x");
    browser = new Browser("http://localhost:" + port);
    mail = UUID.randomUUID() + "@mihon.example";
    contract = Tenancy.in(body.id(), this::send);
    TestSeals.await(contracts, body, contract, PATIENCE, p -> p.revisions().size() == 1);
  }

  private StaffMember clerk() {
    return new StaffMember(
        body.id(),
        body.clerk(),
        "hanako",
        "見本 花子",
        SentContract.clerkMail(body),
        body.section(),
        Set.of(Grant.everywhere(Role.CLERK)));
  }

  private ContractId send() {
    var clerk = clerk();
    var id =
        drafts.begin(
            new Drafts.Document("業務委託契約書.pdf", vault.put(pdf(), "application/pdf"), 2),
            clerk,
            "192.0.2.1");
    drafts.enterParties(
        id,
        Lineup.of(
            new Counterparty(
                Party.Capacity.AUTHORITY,
                "",
                1,
                "株式会社 見本建設",
                "代表取締役",
                "例田 一郎",
                mail,
                Identification.BY_MAIL,
                Optional.empty(),
                true),
            organisations.officeHeldOn(body.office(), LocalDate.of(2026, 11, 23)).orElseThrow()),
        clerk);
    var deadline = atPresent().plus(Duration.ofDays(11));
    drafts.enterTerms(
        id,
        new Terms(
            "庁舎清掃業務委託",
            ContractKind.SERVICES,
            OptionalLong.of(1_200_000),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            deadline,
            10));
    preparing.prepare(id);
    var decision =
        contracts.dispatch(
            id,
            contracts.get(id).prepared().orElseThrow(),
            deadline,
            new Actor(Actor.Kind.STAFF, clerk.id().toString(), clerk.name()),
            MANNER);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    return id;
  }

  private Path pdf() {
    try (var document = new PDDocument()) {
      document.getDocumentInformation().setTitle("契約書 " + UUID.randomUUID());
      document.addPage(new PDPage(PDRectangle.A4));
      document.addPage(new PDPage(PDRectangle.A4));
      var file = folder.resolve(UUID.randomUUID() + ".pdf");
      document.save(file.toFile());
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Particulars now() {
    return Tenancy.in(body.id(), () -> contracts.get(contract));
  }

  private Identity certificate() {
    return ServiceTest.RealParts.pki()
        .pki()
        .issue(
            CertificateOrder.seal(
                    "試用 見本建設 代表取締役 例田一郎",
                    atPresent().minus(Duration.ofHours(1)),
                    atPresent().plus(Duration.ofDays(365)))
                .withKey(KeyKind.RSA_3072));
  }

  /** Comes by the link; the path of its pages. */
  private String enter() {
    var link = Mailbox.await(mail, 1).getFirst().link();
    var landing = browser.get(link);
    var read = browser.submit(landing, link, Map.of());
    return read.uri().getPath().replace("/read", "");
  }

  /** The service itself works by the real clock; so do certificates and signatures handed to it. */
  private static Instant atPresent() {
    return Instant.now();
  }

  private byte[] signed(Path given, PartySoftware software) throws IOException {
    var target = folder.resolve(UUID.randomUUID() + ".pdf");
    software.sign(given, target, "own-1", atPresent());
    return Files.readAllBytes(target);
  }

  private Path given(String path) throws IOException {
    var file = browser.get(path + "/document");
    assertThat(file.status()).isEqualTo(200);
    assertThat(Sha256.of(file.response().body())).isEqualTo(now().currentFile());
    return Files.write(folder.resolve(UUID.randomUUID() + ".pdf"), file.response().body());
  }

  private Browser.Page hand(String path, byte[] file) {
    return browser.upload(browser.get(path + OWN), OWN, "file", "契約書_signed.pdf", file);
  }

  private ValidationReport judged(Sha256 file) {
    return Tenancy.in(
        body.id(),
        () ->
            vault.with(
                file,
                pdf -> {
                  try {
                    return Validator.validate(
                        pdf,
                        new ValidationPolicy(
                            Set.copyOf(ServiceTest.RealParts.pki().pki().trustAnchors()),
                            atPresent()));
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }));
  }

  @Test
  @DisplayName("文書を受け取り、自分のソフトで署名して渡し、同意すると、どの検証でも有効な契約書として締結する")
  void goesFromTheFileToTheConcludedContract() throws Exception {
    var path = enter();
    browser.getWithImages(path + "/read");
    var asked = browser.get(path + "/confirm");
    assertThat(asked.uri().getPath()).endsWith(OWN);
    assertThat(asked.h1()).isEqualTo("自社の電子証明書で署名する");
    assertThat(asked.text()).contains("own-1", "渡しただけでは、契約への同意にはなりません");

    var who = certificate();
    var given = given(path);
    var handed = signed(given, PartySoftware.of(who));
    var taken = hand(path, handed);
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.html().text())
        .contains("署名を確かめて、受け取りました", "例田一郎", "株式会社 見本建設 代表取締役 例田 一郎")
        .contains(who.certificate().getSerialNumber().toString(16));
    // Sent again: nothing more happens.
    var own = now().ownSignatures().getFirst();
    assertThat(own.handed()).isEqualTo(Sha256.of(handed));
    assertThat(now().currentFile()).isEqualTo(own.file());
    assertThat(now().revisions()).hasSize(1);

    // What is agreed to is the file with the signature, and it is shown first.
    assertThat(browser.get(path + "/confirm").uri().toString()).contains("/read?missing");
    browser.getWithImages(path + "/read");
    var confirm = browser.get(path + "/confirm");
    assertThat(confirm.html().text()).contains(own.file().shortHex());
    var done = browser.submit(confirm, "/agreement", Map.of("authority", "true"));
    assertThat(done.h1()).isEqualTo("同意を受け付けました");
    // Revoked afterwards: what was proven at handing in stays so.
    ServiceTest.RealParts.pki().pki().revoke(who.certificate().getSerialNumber());

    TestSeals.await(contracts, body, contract, PATIENCE, p -> p.revisions().size() == 2);
    Tenancy.in(
        body.id(),
        () -> {
          var office = now().parties(Party.Kind.OFFICE).getFirst();
          return contracts.agree(
              contract,
              office,
              now().currentFile(),
              new Actor(Actor.Kind.STAFF, body.mayor().toString(), "見本 太郎"),
              MANNER);
        });
    TestSeals.await(contracts, body, contract, PATIENCE, p -> p.state().equals("CONCLUDED"));

    var report = judged(now().finalFile().orElseThrow());
    assertThat(report.verdict()).as(report.toString()).isEqualTo(Verdict.VALID);
    assertThat(report.signatures())
        .extracting(ValidationReport.Signature::field)
        .containsExactly("musubi-0", "own-1", "musubi-1", "musubi-2");
    var certificate = now().certificate().orElseThrow();
    var stated =
        Tenancy.in(
            body.id(),
            () ->
                vault.with(
                    certificate,
                    file -> {
                      try (var pdf = Loader.loadPDF(file.toFile())) {
                        return new PDFTextStripper().getText(pdf);
                      } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                      }
                    }));
    assertThat(stated.replaceAll("\\s", ""))
        .contains("当事者型を併用", who.certificate().getSerialNumber().toString(16), "例田一郎");
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    assertThat(
            TestPeople.text(
                "select string_agg(action, ' ' order by seq) from audit_entry"
                    + " where tenant_id = ? and action like '%own-signature%'",
                body.id().value()))
        .isEqualTo("contract.own-signature-taken link.own-signature-taken");

    plant("own_signature", "taken_back_at = now()", "taken_back_at = null");
    assertThat(found).contains("own-signature-missing", "not-valid", "other-bytes-shown");
    var base = own.base().hex();
    plant("own_signature", "base_sha256 = repeat('0', 64)", "base_sha256 = '%s'".formatted(base));
    assertThat(found).containsExactly("own-signature-elsewhere");
    plant("party", "own_signature = false", "own_signature = kind = 'COUNTERPARTY'");
    assertThat(found).containsExactly("own-signature-unasked");
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
  }

  /** What the auditor finds while the record says otherwise, against all triggers. */
  private void plant(String table, String wrong, String right) throws Exception {
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      statement.execute(
          "update %s set %s where tenant_id = '%s'".formatted(table, wrong, body.id().value()));
      found =
          auditor.audit(body.id(), body.code()).stream()
              .map(violation -> violation.code())
              .distinct()
              .toList();
      statement.execute(
          "update %s set %s where tenant_id = '%s'".formatted(table, right, body.id().value()));
    }
  }

  @Test
  @DisplayName("渡した文書に有効な署名が一つだけ加わったものでなければ、理由と直し方を示し、何も残さない")
  void takesNothingElse() throws Exception {
    var path = enter();
    var given = given(path);
    var who = certificate();
    var party = PartySoftware.of(who);
    refused(path, Files.readAllBytes(given), "新しい署名がありません");
    refused(path, Files.readAllBytes(pdf()), "お渡しした文書と違うファイル");
    refused(path, signed(given, party.plain()), "PAdESではありません");

    var changed = folder.resolve("changed.pdf");
    party.sign(
        given,
        changed,
        "own-1",
        atPresent(),
        document -> {
          var page = document.getPage(0).getCOSObject();
          page.setInt(COSName.ROTATE, 180);
          page.setNeedToBeUpdated(true);
        });
    refused(path, Files.readAllBytes(changed), "署名のほかにも変更されています");
    refused(path, "これはPDFではない".getBytes(java.nio.charset.StandardCharsets.UTF_8), "");

    var ended =
        ServiceTest.RealParts.pki()
            .pki()
            .issue(
                CertificateOrder.seal(
                    "試用 期限切れ",
                    atPresent().minus(Duration.ofHours(20)),
                    atPresent().minus(Duration.ofHours(1))));
    refused(path, signed(given, PartySoftware.of(ended)), "証明書の有効期間の外です");

    var sound = signed(given, party);
    ServiceTest.RealParts.pki().pki().revoke(who.certificate().getSerialNumber());
    refused(path, sound, "証明書が失効しています");

    // Nobody agrees without, whatever they send.
    var decision =
        Tenancy.in(
            body.id(),
            () ->
                contracts.agree(
                    contract,
                    now().parties(Party.Kind.COUNTERPARTY).getFirst(),
                    now().currentFile(),
                    new Actor(Actor.Kind.COUNTERPARTY, "1", "例田 一郎"),
                    MANNER));
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refusal ->
                assertThat(refusal.reason()).isInstanceOf(Refusal.OwnSignatureMissing.class));
    assertThat(now().ownSignatures()).isEmpty();
    assertThat(rows()).isEqualTo("0");
  }

  private String rows() throws Exception {
    return TestPeople.text(
        "select count(*)::text from own_signature where tenant_id = ?", body.id().value());
  }

  private void refused(String path, byte[] file, String words) {
    var page = hand(path, file);
    assertThat(page.status()).as(page.html().text()).isEqualTo(422);
    assertThat(page.html().select("[role=alert]").text()).contains("署名したファイルを受け取れませんでした", words);
  }

  @Test
  @DisplayName("渡した署名を取り下げて渡し直せ、取り下げたことも記録に残る")
  void mayBeTakenBack() throws Exception {
    var path = enter();
    var given = given(path);
    var before = now().currentFile();
    var first = hand(path, signed(given, PartySoftware.of(certificate())));
    assertThat(first.html().text()).contains("受け取りました");
    var again = browser.submit(first, OWN + "/taken-back", Map.of());
    assertThat(again.h1()).isEqualTo("自社の電子証明書で署名する");
    assertThat(now().currentFile()).isEqualTo(before);
    assertThat(now().ownSignatures()).isEmpty();

    var second = hand(path, signed(given(path), PartySoftware.of(certificate())));
    assertThat(second.html().text()).contains("受け取りました");
    assertThat(rows()).isEqualTo("2");
    assertThat(now().ownSignatures()).hasSize(1);
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    // Who was not asked for one has no such page.
    var other = new Browser("http://localhost:" + port);
    assertThat(other.get(path + OWN).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("同じ順番にほかの方がいる相手方には、当事者型を求めて送信できない")
  void isAskedAlone() {
    var parties = now().parties();
    var own = parties.get(1);
    assertThat(new jp.musubi.contract.SigningOrder(List.of(parties.get(0), own)).crowded())
        .isEmpty();
    var beside =
        new Party(
            new jp.musubi.contract.PartyId(UUID.randomUUID()),
            9,
            own.turn(),
            Party.Kind.COUNTERPARTY,
            Party.Capacity.AUTHORITY,
            "",
            "榛名設計 株式会社",
            "",
            "試田 次郎",
            "b@mihon.example",
            null);
    assertThat(new jp.musubi.contract.SigningOrder(List.of(parties.get(0), own, beside)).crowded())
        .containsExactly(own);
  }
}

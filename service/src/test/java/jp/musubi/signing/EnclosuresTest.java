package jp.musubi.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import jp.musubi.TestBody;
import jp.musubi.TestSeals;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.Decision;
import jp.musubi.contract.DocumentSet;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.Preparing;
import jp.musubi.contract.Terms;
import jp.musubi.evidence.Actor;
import jp.musubi.operations.Auditor;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A document, two files signed with it, two files it refers to and one for the house, to the end.
 */
@SigningTest
@DisplayName("契約書一式を締結する")
class EnclosuresTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("MAIL_LINK", "L1", "同意して署名する", "192.0.2.1", "test");

  @LocalServerPort private int port;
  @Autowired private Contracts contracts;
  @Autowired private Drafts drafts;
  @Autowired private Attachments attachments;
  @Autowired private Preparing preparing;
  @Autowired private Organisations organisations;
  @Autowired private Auditor auditor;
  @Autowired private Vault vault;
  @Autowired private TransactionOperations transactions;
  @Autowired private Clock clock;

  private TestBody body;
  private Browser browser;
  private StaffMember clerk;
  private String mail;

  @BeforeEach
  void open() {
    body = TestBody.create("x");
    browser = new Browser("http://localhost:" + port);
    mail = UUID.randomUUID() + "@mihon.example";
    clerk =
        new StaffMember(
            body.id(),
            body.clerk(),
            "hanako",
            "見本 花子",
            "hanako@joumou.example",
            body.section(),
            Set.of(Grant.everywhere(Role.CLERK)));
  }

  @Test
  @DisplayName("本体と署名する二つは一つのファイルに綴じて封緘し、参照の二つは一覧のSHA-256と同じものが相手方に渡り、団体内の資料は渡らない")
  void concludesTheSet() throws Exception {
    var drawing = ("PK\u0003\u0004" + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    var table = "番号,数量\r\n1,20\r\n".getBytes(StandardCharsets.UTF_8);
    var id = draft();
    add(id, "工事請負契約約款.pdf", pdf("工事請負契約約款", 4), Attachment.Kind.TERMS, Attachment.Role.SIGNED);
    add(id, "特記仕様書.pdf", pdf("特記仕様書", 3), Attachment.Kind.SPECIFICATION, Attachment.Role.SIGNED);
    add(id, "図面一式.zip", drawing, Attachment.Kind.DRAWING, Attachment.Role.REFERENCE);
    add(id, "数量 内訳.csv", table, Attachment.Kind.BREAKDOWN, Attachment.Role.REFERENCE);
    add(id, "予定価格調書.csv", new byte[] {'x'}, Attachment.Kind.OTHER, Attachment.Role.INTERNAL);
    Tenancy.in(
        body.id(),
        () -> {
          preparing.prepare(id);
          return true;
        });
    dispatch(id);
    await(id, contract -> contract.revisions().size() == 1);
    assertThat(contract(id).pages()).isEqualTo(3 + 4 + 3 + 1);

    var link = Mailbox.await(mail, 1).getFirst().link();
    var read = browser.submit(browser.get(link), link, Map.of());
    var path = read.uri().getPath().replace("/read", "");
    assertThat(read.html().select("figure img")).hasSize(11);
    assertThat(read.html().text())
        .contains("図面一式.zip", Sha256.of(drawing).hex(), "数量 内訳.csv")
        .doesNotContain("予定価格調書");
    assertThat(browser.get(path + "/read/11").text()).contains(Sha256.of(table).hex());
    handedOver(path, id, drawing, table);

    browser.getWithImages(path + "/read");
    var confirm = browser.get(path + "/confirm");
    browser.submit(confirm, "/agreement", Map.of("authority", "true"));
    await(id, contract -> contract.revisions().size() == 2);
    agree(id);
    await(id, contract -> contract.state().equals("CONCLUDED"));

    // The saga has asked both validators; the auditor asks again what the record says.
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
    var concluded = browser.get(path + "/done");
    assertThat(concluded.html().text()).contains("図面一式.zip").doesNotContain("予定価格調書");
    handedOver(path, id, drawing, table);
    looksAsItShould(bytes(contract(id).finalFile().orElseThrow()), drawing, table);
    var certificate = text(bytes(contract(id).certificate().orElseThrow()));
    assertThat(certificate)
        .contains("附属書類", "特記仕様書.pdf（締結版に綴じたもの", "図面一式.zip（参照した別のファイル")
        .contains(Sha256.of(drawing).hex())
        .doesNotContain("予定価格調書");
  }

  private void handedOver(String path, ContractId id, byte[] drawing, byte[] table) {
    var set = set(id);
    var files = set.references();
    for (var each : List.of(Map.entry(files.get(0), drawing), Map.entry(files.get(1), table))) {
      var answer = browser.get(path + "/files/" + each.getKey().id());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.response().body()).isEqualTo(each.getValue());
      var headers = answer.response().headers();
      assertThat(headers.firstValue("Content-Disposition").orElseThrow()).startsWith("attachment;");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
    }
    for (var hidden : List.of(set.internal().getFirst(), set.signed().getFirst())) {
      assertThat(browser.get(path + "/files/" + hidden.id()).status()).isEqualTo(404);
    }
    assertThat(browser.get(path + "/files/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(new Browser("http://localhost:" + port).get(path + "/files/" + files.get(0).id()))
        .extracting(Browser.Page::status)
        .isEqualTo(403);
  }

  private static void looksAsItShould(byte[] pdf, byte[] drawing, byte[] table) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(11);
      assertThat(document.getSignatureDictionaries()).hasSize(4);
      var bookmarks = new ArrayList<String>();
      for (var item : document.getDocumentCatalog().getDocumentOutline().children()) {
        bookmarks.add(item.getTitle() + " " + page(document, item));
      }
      assertThat(bookmarks)
          .containsExactly("契約書.pdf 1", "工事請負契約約款.pdf 4", "特記仕様書.pdf 8", "書類一覧 11");
      var stripper = new PDFTextStripper();
      stripper.setStartPage(11);
      assertThat(stripper.getText(document).replaceAll("\\s", ""))
          .contains("契約書.pdf（1～3ページ）", "特記仕様書.pdf（8～10ページ）")
          .contains(Sha256.of(drawing).hex(), Sha256.of(table).hex());
      // The list is tagged for screen readers; the test's plain files are not.
      assertThat(document.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
    }
  }

  private static int page(PDDocument document, PDOutlineItem item) throws IOException {
    return document.getPages().indexOf(item.findDestinationPage(document)) + 1;
  }

  private ContractId draft() {
    return in(() -> {
      var document = vault.put(file(pdf("工事請負契約書", 3)), "application/pdf");
      var id = drafts.begin(new Drafts.Document("契約書.pdf", document, 3), clerk, "192.0.2.1");
      var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Tokyo"));
      var office = organisations.officeHeldOn(body.office(), today).orElseThrow();
      drafts.enterParties(
          id,
          Lineup.of(
              Counterparty.alone("株式会社 見本建設", "代表取締役", "例田 一郎", mail, Identification.BY_MAIL),
              office),
          clerk);
      drafts.enterTerms(
          id,
          new Terms(
              "市道1024号線 舗装修繕工事",
              ContractKind.SERVICES,
              OptionalLong.of(1),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              clock.instant().plus(Duration.ofDays(14)),
              10));
      return id;
    });
  }

  private void add(
      ContractId id, String name, byte[] bytes, Attachment.Kind kind, Attachment.Role role) {
    var outcome =
        Tenancy.in(
            body.id(),
            () ->
                attachments.add(
                    id,
                    file(bytes),
                    name,
                    new Attachments.Choice(kind, role),
                    UUID.randomUUID().toString(),
                    new Attachments.By(clerk, "192.0.2.1")));
    assertThat(outcome).isInstanceOf(Attachments.Outcome.Taken.class);
  }

  private void dispatch(ContractId id) {
    var contract = contract(id);
    accept(
        in(() ->
            contracts.dispatch(
                id,
                contract.prepared().orElseThrow(),
                clock.instant().plus(Duration.ofDays(14)),
                clerk.actor(),
                MANNER)));
  }

  private void agree(ContractId id) {
    var contract = contract(id);
    var office = contract.parties(Party.Kind.OFFICE).getFirst();
    accept(
        in(() ->
            contracts.agree(
                id,
                office,
                contract.shownFile(),
                new Actor(Actor.Kind.STAFF, body.mayor().toString(), "見本 太郎"),
                MANNER)));
  }

  private <T> T in(ScopedValue.CallableOp<T, RuntimeException> work) {
    return Objects.requireNonNull(
        Tenancy.in(body.id(), () -> transactions.execute(_ -> work.call())));
  }

  private Particulars contract(ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  private DocumentSet set(ContractId id) {
    return Tenancy.in(body.id(), () -> attachments.of(id));
  }

  private byte[] bytes(Sha256 digest) {
    return StoredObjects.bytes(vault, body.id(), digest);
  }

  private void await(ContractId id, Predicate<Particulars> condition) {
    TestSeals.await(contracts, body, id, PATIENCE, condition);
  }

  private static void accept(Decision decision) {
    if (decision instanceof Decision.Refused(var reason)) {
      throw new AssertionError(reason.toString());
    }
  }

  private static String text(byte[] pdf) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replaceAll("\\R", "");
    }
  }

  private static Path file(byte[] bytes) {
    try {
      return Files.write(Files.createTempFile("musubi-test", ".bin"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] pdf(String title, int pages) {
    try (var document = new PDDocument();
        var font = EnclosuresTest.class.getResourceAsStream("/fonts/NotoSansJP-Regular.ttf")) {
      var face = PDType0Font.load(document, font);
      for (var number = 1; number <= pages; number++) {
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(face, 16);
          content.newLineAtOffset(72, 700);
          content.showText(title + " その" + number);
          content.endText();
        }
      }
      var bytes = new ByteArrayOutputStream();
      document.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package jp.musubi.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.contract.AccessCodes;
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
import jp.musubi.contract.Revision;
import jp.musubi.contract.Terms;
import jp.musubi.evidence.Actor;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Contracts as clerks send them, for the tests of what comes after. */
@Component
class SentContract {
  private final Drafts drafts;
  private final Contracts contracts;
  private final AccessCodes codes;
  private final Organisations organisations;
  private final Vault vault;
  private final TransactionOperations transactions;
  private final Clock clock;

  SentContract(
      Drafts drafts,
      Contracts contracts,
      AccessCodes codes,
      Organisations organisations,
      Vault vault,
      TransactionOperations transactions,
      Clock clock) {
    this.drafts = drafts;
    this.contracts = contracts;
    this.codes = codes;
    this.organisations = organisations;
    this.vault = vault;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** A contract at the counterparty, and where its mail goes. */
  record Sent(TestBody body, ContractId id, String mail) {}

  Sent send(TestBody body, Optional<String> accessCode) {
    return send(body, UUID.randomUUID() + "@mihon.example", accessCode);
  }

  Sent send(TestBody body, String mail, Optional<String> accessCode) {
    return send(
        body,
        mail,
        accessCode.isPresent() ? Identification.BY_ACCESS_CODE : Identification.BY_MAIL,
        accessCode);
  }

  /** To a counterparty of whom a number is asked. */
  Sent send(TestBody body, Identification identification) {
    return send(body, UUID.randomUUID() + "@mihon.example", identification, Optional.empty());
  }

  /** To a counterparty that is told a code, whatever it is asked for later. */
  Sent send(TestBody body, Identification identification, String accessCode) {
    return send(body, UUID.randomUUID() + "@mihon.example", identification, accessCode);
  }

  Sent send(TestBody body, String mail, Identification identification, String accessCode) {
    return send(body, mail, identification, Optional.of(accessCode));
  }

  AccessCodes codes() {
    return codes;
  }

  private Sent send(
      TestBody body, String mail, Identification identification, Optional<String> accessCode) {
    var clerk =
        new StaffMember(
            body.id(),
            body.clerk(),
            "hanako",
            "見本 花子",
            clerkMail(body),
            body.section(),
            Set.of(Grant.everywhere(Role.CLERK)));
    var id =
        in(
            body,
            () -> {
              var document = vault.put(pdf(), "application/pdf");
              var draft =
                  drafts.begin(new Drafts.Document("工事請負契約書.pdf", document, 3), clerk, "192.0.2.1");
              var office = organisations.officeHeldOn(body.office(), LocalDate.of(2026, 11, 23));
              drafts.enterParties(
                  draft,
                  Lineup.of(
                      Counterparty.alone("株式会社 見本建設", "代表取締役", "例田 一郎", mail, identification),
                      office.orElseThrow()),
                  clerk);
              drafts.enterTerms(
                  draft,
                  new Terms(
                      "市道1024号線 舗装修繕工事",
                      ContractKind.SERVICES,
                      OptionalLong.of(12_980_000),
                      Optional.of(LocalDate.of(2026, 12, 7)),
                      Optional.of(LocalDate.of(2026, 12, 7)),
                      Optional.of(LocalDate.of(2027, 3, 19)),
                      clock.instant().plus(Duration.ofDays(11)),
                      10));
              drafts.settle(draft, document);
              var party = contracts.get(draft).parties(Party.Kind.COUNTERPARTY).getFirst();
              accessCode.ifPresent(
                  code -> codes.expect(draft, party.id(), identification.way(), code));
              if (identification.way().isOneTime()) {
                codes.expectNumber(draft, party.id(), identification);
              }
              accepted(
                  contracts.dispatch(
                      draft,
                      document,
                      clock.instant().plus(Duration.ofDays(11)),
                      new Actor(Actor.Kind.STAFF, clerk.id().toString(), clerk.name()),
                      manner("PASSWORD")));
              return draft;
            });
    seal(body, id, 0);
    return new Sent(body, id, mail);
  }

  /** Does for the test what 締結処理 does: one more revision of the file. */
  void seal(TestBody body, ContractId id, int ordinal) {
    in(body, () -> accepted(contracts.sealed(id, revision(id, ordinal))));
  }

  /** The counterparty agrees; the office is asked. */
  void agree(Sent sent) {
    in(
        sent.body(),
        () -> {
          var contract = contracts.get(sent.id());
          var party = contract.parties(Party.Kind.COUNTERPARTY).getFirst();
          return accepted(
              contracts.agree(
                  sent.id(),
                  party,
                  contract.currentFile(),
                  new Actor(Actor.Kind.COUNTERPARTY, party.id().toString(), party.name()),
                  manner("MAIL_LINK")));
        });
    seal(sent.body(), sent.id(), 1);
  }

  /** The office agrees and the contract is concluded. */
  void conclude(Sent sent) {
    in(
        sent.body(),
        () -> {
          var contract = contracts.get(sent.id());
          var office = contract.parties(Party.Kind.OFFICE).getFirst();
          accepted(
              contracts.agree(
                  sent.id(),
                  office,
                  contract.currentFile(),
                  new Actor(Actor.Kind.STAFF, sent.body().mayor().toString(), "見本 太郎"),
                  manner("PASSWORD")));
          var copy = vault.put(pdf(), "application/pdf");
          return accepted(contracts.conclude(sent.id(), revision(sent.id(), 2), copy, copy));
        });
  }

  Particulars particulars(Sent sent) {
    return in(sent.body(), () -> contracts.get(sent.id()));
  }

  <T> T in(TestBody body, ScopedValue.CallableOp<T, RuntimeException> work) {
    return Tenancy.in(body.id(), () -> transactions.execute(_ -> work.call()));
  }

  static String clerkMail(TestBody body) {
    return "clerk-" + body.clerk() + "@joumou.example";
  }

  static String mayorMail(TestBody body) {
    return "mayor-" + body.mayor() + "@joumou.example";
  }

  private Revision revision(ContractId id, int ordinal) {
    var agreement =
        contracts.agreements(id).stream()
            .filter(each -> each.ordinal() == ordinal)
            .findFirst()
            .orElseThrow();
    return new Revision(
        ordinal, agreement.id(), vault.put(pdf(), "application/pdf"), clock.instant(), "01", "02");
  }

  private static Agreement.Manner manner(String authentication) {
    return new Agreement.Manner(authentication, "L3", "送信する", "192.0.2.1", "test");
  }

  private static Decision accepted(Decision decision) {
    if (decision instanceof Decision.Refused(var reason)) {
      throw new AssertionError(reason.toString());
    }
    return decision;
  }

  /** Three pages; no two files alike. */
  private static Path pdf() {
    try (var document = new PDDocument();
        var font = SentContract.class.getResourceAsStream("/fonts/NotoSansJP-Regular.ttf")) {
      var face = PDType0Font.load(document, font);
      for (var number = 1; number <= 3; number++) {
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
          content.beginText();
          content.setFont(face, number == 1 ? 20 : 12);
          content.newLineAtOffset(number == 1 ? 220 : 70, 740);
          content.showText(number == 1 ? "工事請負契約書" : "第" + number + "条（検査及び引渡し）");
          content.setFont(face, 11);
          content.setLeading(22);
          content.newLineAtOffset(number == 1 ? -150 : 0, -60);
          for (var line : lines()) {
            content.showText(line);
            content.newLine();
          }
          content.showText("見本 " + UUID.randomUUID());
          content.endText();
        }
      }
      var file = Files.createTempFile("musubi-test", ".pdf");
      document.save(file.toFile());
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<String> lines() {
    return List.of(
        "１　工事名　市道1024号線 舗装修繕工事",
        "２　工事場所　上毛市本町一丁目 地内",
        "３　工期　令和8年12月7日から令和9年3月19日まで",
        "４　請負代金額　金 12,980,000 円",
        "　（うち取引に係る消費税及び地方消費税の額 1,180,000 円）",
        "５　契約保証金　金 1,298,000 円",
        "",
        "上記の工事について、発注者と受注者は、各々の対等な立場における合意に",
        "基づいて、別添の条項によって公正な請負契約を締結し、信義に従って誠実に",
        "これを履行するものとする。");
  }

  static Sha256 digest(byte[] bytes) {
    return Sha256.of(bytes);
  }
}

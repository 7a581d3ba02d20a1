package jp.musubi.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
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
import jp.musubi.contract.Terms;
import jp.musubi.evidence.Actor;
import jp.musubi.operations.Auditor;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Contracts of more than three, with real seals; the service itself asks both validators. */
@ServiceTest
@DisplayName("多くの当事者の締結処理は")
class ManyPartiesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String VENTURE = "見本・例田特定建設工事共同企業体";
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("MAIL_LINK", "L1", "同意して署名する", "192.0.2.1", "test");

  @Autowired Contracts contracts;
  @Autowired Drafts drafts;
  @Autowired Preparing preparing;
  @Autowired Organisations organisations;
  @Autowired Auditor auditor;
  @Autowired Vault vault;
  @Autowired Clock clock;

  @TempDir Path folder;
  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("x");
  }

  @Test
  @DisplayName("担当者、同時に同意する三つの構成員、市長の順に進み、後の署名が前の署名を壊さない")
  void concludesForAJointVenture() throws Exception {
    var id =
        draft(
            List.of(
                counterparty(1, "株式会社 見本建設", Party.Capacity.CLERK),
                counterparty(2, "株式会社 見本建設", Party.Capacity.AUTHORITY),
                counterparty(2, "例田工業 株式会社", Party.Capacity.AGENT),
                counterparty(2, "有限会社 榛名組", Party.Capacity.AUTHORITY)),
            false);
    dispatch(id);
    await(id, p -> p.revisions().size() == 1);
    assertThat(awaited(id)).hasSize(1);
    agreeAll(id);
    await(id, p -> p.revisions().size() == 2);
    var shown = contract(id).shownFile();
    assertThat(awaited(id)).hasSize(3);

    // All three in the same moment: each to the same bytes, each with a seal of its own.
    assertThat(agreeAll(id)).isEqualTo(3);
    await(id, p -> p.revisions().size() == 5);
    assertThat(agreements(id).subList(2, 5)).allMatch(a -> a.document().equals(shown));
    assertThat(awaited(id)).extracting(Party::kind).containsExactly(Party.Kind.OFFICE);
    assertThat(contract(id).shownFile()).isEqualTo(contract(id).revisions().get(4).file());
    agreeAll(id);
    await(id, p -> p.state().equals("CONCLUDED"));

    try (var pdf = Loader.loadPDF(bytes(contract(id)))) {
      assertThat(pdf.getSignatureDictionaries()).hasSize(7);
      assertThat(pdf.getSignatureDictionaries().get(1).getReason()).startsWith("契約相手方の担当者として内容を確認");
      assertThat(pdf.getSignatureDictionaries().subList(2, 5))
          .allMatch(seal -> seal.getName().startsWith(VENTURE + " "));
    }
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
  }

  @Test
  @DisplayName("市長が先に署名し、最後の番の二者が同時に同意しても、署名は一つずつ付いて締結する")
  void concludesWhenTheLastTurnIsShared() {
    var id =
        draft(
            List.of(
                counterparty(1, "株式会社 見本建設", Party.Capacity.AUTHORITY),
                counterparty(1, "赤城町土地改良区", Party.Capacity.AUTHORITY)),
            true);
    dispatch(id);
    await(id, p -> p.revisions().size() == 1);
    assertThat(awaited(id)).extracting(Party::kind).containsExactly(Party.Kind.OFFICE);
    agreeAll(id);
    await(id, p -> p.revisions().size() == 2);

    assertThat(agreeAll(id)).isEqualTo(2);
    await(id, p -> p.state().equals("CONCLUDED"));

    assertThat(contract(id).revisions()).hasSize(4);
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
  }

  @Test
  @DisplayName("三十者でも締結する")
  void concludesWithThirty() {
    var id =
        draft(
            IntStream.rangeClosed(1, Lineup.MOST)
                .mapToObj(i -> counterparty(1, "第%d構成団体".formatted(i), Party.Capacity.AUTHORITY))
                .toList(),
            false);
    dispatch(id);
    await(id, p -> p.revisions().size() == 1);
    assertThat(agreeAll(id)).isEqualTo(28);
    await(id, p -> p.revisions().size() == 29);
    agreeAll(id);
    await(id, p -> p.state().equals("CONCLUDED"));

    assertThat(contract(id).revisions()).hasSize(30);
    assertThat(auditor.audit(body.id(), body.code())).isEmpty();
  }

  private static Counterparty counterparty(
      int place, String organisation, Party.Capacity capacity) {
    return new Counterparty(
        capacity,
        VENTURE,
        place,
        organisation,
        "代表取締役",
        "例田 一郎",
        "x@mihon.example",
        Identification.BY_MAIL);
  }

  private ContractId draft(List<Counterparty> counterparties, boolean officeFirst) {
    var clerk =
        new StaffMember(
            body.id(),
            body.clerk(),
            "hanako",
            "見本 花子",
            "hanako@joumou.example",
            body.section(),
            Set.of(Grant.everywhere(Role.CLERK)));
    return Tenancy.in(
        body.id(),
        () -> {
          var document = vault.put(onePage(), "application/pdf");
          var id = drafts.begin(new Drafts.Document("契約書.pdf", document, 1), clerk, "192.0.2.1");
          var today = LocalDate.ofInstant(clock.instant(), java.time.ZoneId.of("Asia/Tokyo"));
          var office = organisations.officeHeldOn(body.office(), today).orElseThrow();
          drafts.enterParties(id, new Lineup(counterparties, office, officeFirst), clerk);
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
          preparing.prepare(id);
          return id;
        });
  }

  private Path onePage() {
    try (var document = new PDDocument()) {
      document.addPage(new PDPage(PDRectangle.A4));
      document.getDocumentInformation().setTitle("契約書 " + UUID.randomUUID());
      var file = folder.resolve("contract.pdf");
      document.save(file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void dispatch(ContractId id) {
    var draft = contract(id);
    assertThat(
            Tenancy.in(
                body.id(),
                () ->
                    contracts.dispatch(
                        id, draft.currentFile(), draft.deadline().orElseThrow(), ACTOR, MANNER)))
        .isInstanceOf(Decision.Accepted.class);
  }

  /** Everybody whose turn it is agrees at once; how many did. */
  private int agreeAll(ContractId id) throws IllegalStateException {
    var shown = contract(id).shownFile();
    var start = new CountDownLatch(1);
    var accepted = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<Decision>>();
      for (var party : awaited(id)) {
        all.add(
            threads.submit(() -> {
              start.await();
              return Tenancy.in(body.id(), () -> contracts.agree(id, party, shown, ACTOR, MANNER));
            }));
      }
      start.countDown();
      for (var one : all) {
        accepted += one.get() instanceof Decision.Accepted ? 1 : 0;
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return accepted;
  }

  private List<Party> awaited(ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.awaited(id));
  }

  private Particulars contract(ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.get(id));
  }

  private List<Agreement> agreements(ContractId id) {
    return Tenancy.in(body.id(), () -> contracts.agreements(id));
  }

  private byte[] bytes(Particulars contract) {
    return StoredObjects.bytes(vault, body.id(), contract.finalFile().orElseThrow());
  }

  private void await(ContractId id, Predicate<Particulars> condition) {
    TestSeals.await(contracts, body, id, PATIENCE, condition);
  }
}

package jp.musubi.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.authority.Grant;
import jp.musubi.authority.Role;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Lineup;
import jp.musubi.contract.Party;
import jp.musubi.contract.Preparing;
import jp.musubi.contract.Terms;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.springframework.context.ApplicationContext;

/** Scenarios of one contract. */
final class Scenarios {
  private final ApplicationContext context;
  private final Contracts contracts;
  private final Clock clock;
  private final Vault vault;

  Scenarios(ApplicationContext context) {
    this.context = context;
    this.contracts = context.getBean(Contracts.class);
    this.clock = context.getBean(Clock.class);
    this.vault = context.getBean(Vault.class);
  }

  private record Named(String title, Play how) implements Scenario {
    interface Play {
      void play(Case each) throws Exception;
    }

    @Override
    public void play(Case each) throws Exception {
      how.play(each);
    }
  }

  /** 送信から締結まで: the counterparty agrees, then the office holder. */
  Scenario twoSigners() {
    return new Named(
        "二者の署名",
        each -> {
          var hands = hands(each);
          hands.dispatchIn(each);
          each.workOff();
          hands.agreeIn(each, 1);
          each.workOff();
          hands.agreeIn(each, 2);
          each.workOff();
          assertThat(hands.look().state()).isEqualTo("CONCLUDED");
          assertThat(hands.look().revisions()).hasSize(3);
        });
  }

  /** 同じ番の二者: both agree before either seal is made, and a node takes the later one first. */
  Scenario parallelSigners() {
    return new Named(
        "同時の署名",
        each -> {
          var hands = new Hands(contracts, clock, each.body(), twoAtOnce(each.body()));
          hands.dispatchIn(each);
          each.workOff();
          hands.agreeIn(each, 1);
          hands.agreeIn(each, 2);
          each.workOff(true, _ -> {});
          assertThat(hands.look().revisions()).hasSize(3);
          each.step("withdraw", hands::withdraw, () -> hands.is("WITHDRAWN"));
          each.workOff();
          assertThat(hands.look().state()).isEqualTo("WITHDRAWN");
        });
  }

  /** 辞退. */
  Scenario decline() {
    return new Named(
        "辞退",
        each -> {
          var hands = hands(each);
          hands.dispatchIn(each);
          each.workOff();
          each.step("decline", () -> hands.decline(1), () -> hands.is("DECLINED"));
          each.workOff();
          assertThat(hands.look().state()).isEqualTo("DECLINED");
        });
  }

  /** 締結処理の途中の取消: while the node is down that makes the seal, the body withdraws. */
  Scenario withdrawRace() {
    return new Named(
        "締結処理中の取消",
        each -> {
          var hands = hands(each);
          hands.dispatchIn(each);
          each.workOff(
              false,
              unit -> {
                if (unit.startsWith("seal") && !hands.is("WITHDRAWN")) {
                  assertThat(hands.withdraw()).isTrue();
                }
              });
          each.step("withdraw", hands::withdraw, () -> hands.is("WITHDRAWN"));
          each.workOff();
          assertThat(hands.look().state()).isEqualTo("WITHDRAWN");
        });
  }

  private Hands hands(Case each) {
    return new Hands(contracts, clock, each.body(), TestContract.draft(each.body(), vault).id());
  }

  private ContractId twoAtOnce(TestBody body) {
    var clerk =
        new StaffMember(
            body.id(),
            body.clerk(),
            "hanako",
            "見本 花子",
            "hanako@joumou.example",
            body.section(),
            Set.of(Grant.everywhere(Role.CLERK)));
    var both =
        IntStream.range(0, 2)
            .mapToObj(i ->
                new Counterparty(
                    Party.Capacity.AUTHORITY,
                    "見本・例田特定建設工事共同企業体",
                    1,
                    "第%d構成員".formatted(i + 1),
                    "代表取締役",
                    "例田 一郎",
                    "%s@mihon.example".formatted(UUID.randomUUID()),
                    Identification.BY_MAIL))
            .toList();
    var drafts = context.getBean(Drafts.class);
    var today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Asia/Tokyo"));
    return Tenancy.in(
        body.id(),
        () -> {
          var id = drafts.begin(new Drafts.Document("契約書.pdf", onePage(), 1), clerk, "192.0.2.1");
          var office =
              context.getBean(Organisations.class).officeHeldOn(body.office(), today).orElseThrow();
          drafts.enterParties(id, new Lineup(List.copyOf(both), office, false), clerk);
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
          context.getBean(Preparing.class).prepare(id);
          return id;
        });
  }

  private jp.musubi.seal.Sha256 onePage() {
    try (var document = new PDDocument()) {
      document.addPage(new PDPage());
      document.getDocumentInformation().setTitle("契約書 " + UUID.randomUUID());
      var file = Files.createTempFile("two", ".pdf");
      document.save(file.toFile());
      return vault.put(file, "application/pdf");
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

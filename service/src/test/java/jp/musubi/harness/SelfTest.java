package jp.musubi.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.notification.MailBugs;
import jp.musubi.operations.AuditScope;
import jp.musubi.operations.Auditor;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.sealing.SealBugs;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Who watches the harness: bugs are planted by other parts and by triggers, for one body only, and
 * each has to be found. The service itself carries none of them, and no switch for them.
 */
@ServiceTest
@Tag("slow")
@DisplayName("植えた誤り")
class SelfTest {
  private static final int GOAL = 12;
  private static final String FIRST_LETTER = "send-mail invitation/*/* 1";
  private static final String EARLIER =
      "new.agreed_at := new.agreed_at - interval '1 day'; return new";

  @Autowired ApplicationContext context;
  @Autowired Auditor auditor;
  @Autowired Contracts contracts;
  @Autowired Vault vault;
  @Autowired Clock clock;
  @Autowired BodyKeys keys;
  @Autowired TransactionTemplate transaction;

  @BeforeEach
  void keepJobs() {
    Queue.open();
  }

  @AfterEach
  void giveJobsBack() {
    Queue.close();
  }

  /**
   * A bug.
   *
   * @param sign what the oracle has to say of it, and nothing else will do
   */
  private record Plant(String title, String sign, Way way) {}

  private static Plant plant(String title, String sign, Way way) {
    return new Plant(title, sign, way);
  }

  /** A way through, which ends with what is wrong. */
  private interface Way {
    List<String> walk() throws Exception;
  }

  @Test
  @DisplayName("監査と台帳が、植えた誤りを一つ残らず見つけ、植えなければ何も言わない")
  void areFoundWithoutException() throws Exception {
    assertThat(walk(new Queue(context), Map.of(), (_, _) -> {}, _ -> {})).isEmpty();

    var plants = new ArrayList<Plant>();
    plants.add(plant("コミットの前にメールを送る", "a letter that no record knows", this::mailBeforeCommit));
    plants.add(
        plant(
            "メールを三度送る",
            "received 3 times",
            () -> job("send-mail", new MailBugs(context)::sendThrice)));
    plants.add(plant("送る前に送信済みと書く", "sent and never received", this::writtenDownBeforeSent));
    plants.add(
        plant(
            "検証せずに締結する",
            "code=not-valid",
            () -> job("seal", new SealBugs(context)::concludeUnchecked)));
    plants.add(
        plant(
            "時刻認証局の誤りを握りつぶす",
            "code=not-valid",
            () -> job("seal", new SealBugs(context)::swallowTheAuthoritysSilence)));
    plants.add(
        plant(
            "引き継がれた処理を締め出さない",
            "recorded after it was taken over",
            () -> job("seal", new SealBugs(context)::recordAfterTakeover)));
    plants.add(plant("済む前に仕事を消す", "code=stuck", this::jobForgottenFirst));
    plants.add(plant("記録する前に受け付けたと答える", "acknowledged and lost", this::toldBeforeCommit));
    plants.add(
        plant(
            "仕事を積み忘れる",
            "code=stuck",
            () -> trigger("scheduled_tasks", "task_name = 'seal'", "return null")));
    plants.add(
        plant(
            "監査記録を書き忘れる",
            "code=state-without-entry",
            () -> trigger("audit_entry", "action = 'contract.agreed'", "return null")));
    plants.add(
        plant(
            "同意を見せた文書に結び付けない",
            "code=other-bytes-shown",
            () ->
                trigger(
                    "agreement",
                    "ordinal = 1",
                    "new.document_sha256 := repeat('0', 64); return new")));
    plants.add(
        plant("番を確かめない", "code=out-of-order", () -> trigger("agreement", "ordinal = 2", EARLIER)));
    plants.add(
        plant(
            "鍵を使う前に書かない",
            "code=seal-without-attempt",
            () -> trigger("seal_attempt", "epoch > 0", "return null")));
    plants.add(
        plant(
            "時刻を確かめない",
            "code=time-runs-backwards",
            () ->
                trigger(
                    "revision",
                    "ordinal = 1",
                    "new.sealed_at := new.sealed_at - interval '1 day'; return new")));
    plants.add(plant("一つの置き場に上書きする", "code=object-damaged", this::overwritten));
    plants.add(plant("同じ同意を二度受け付ける", "code=out-of-order", this::agreedTwice));
    plants.add(plant("ほかの団体の行が見える", "code=row-security-off", this::otherBodiesRows));

    var figures = new Figures("planted-bugs", "植えた誤りの発見", "./musubi drill selftest");
    var found = 0;
    for (var plant : plants) {
      var wrong = plant.way().walk();
      var isFound = wrong.stream().anyMatch(what -> what.contains(plant.sign()));
      found += isFound ? 1 : 0;
      figures.add(plant.title(), isFound ? "見つけた" : "見つからない", "見つける", isFound);
      // By what it was found.
      System.out.println("planted: " + plant.title() + " -> " + wrong);
    }
    figures.add(
        "合計",
        "%d個中%d個".formatted(plants.size(), found),
        GOAL + "個以上、すべて",
        plants.size() >= GOAL && found == plants.size());
    figures.write();
    assertThat(found).isEqualTo(plants.size()).isGreaterThanOrEqualTo(GOAL);
    assertThat(walk(new Queue(context), Map.of(), (_, _) -> {}, _ -> {})).isEmpty();
  }

  /** From draft to conclusion, with what is planted; nobody minds if it does not end. */
  private List<String> walk(
      Queue queue,
      Map<String, List<String>> plan,
      BiConsumer<TestBody, Power> plant,
      Consumer<Hands> afterwards) {
    var body = TestBody.create("x");
    var power = new Power(plan);
    var each = new Case(body, power, queue);
    var hands = new Hands(contracts, clock, body, TestContract.draft(body, vault).id());
    plant.accept(body, power);
    try {
      hands.dispatchIn(each);
      each.workOff();
      hands.agreeIn(each, 1);
      each.workOff();
      hands.agreeIn(each, 2);
      each.workOff();
    } catch (Exception | AssertionError e) {
      // A bug may also stop the work; found is what the oracle says, not that it stopped.
    }
    afterwards.accept(hands);
    return each.wrong(auditor);
  }

  private List<String> job(String task, Consumer<String> instead) {
    return walk(new Queue(context, Map.of(task, instead), false), Map.of(), (_, _) -> {}, _ -> {});
  }

  /** The transaction that calls the counterparty is undone once, after its letter has gone out. */
  private List<String> mailBeforeCommit() {
    var bugs = new MailBugs(context);
    var sent = new AtomicBoolean();
    return walk(
        new Queue(context),
        Map.of("seal 1", List.of("bug#1")),
        (body, power) ->
            ServiceTest.RealParts.faults()
                .watch(
                    body.id(),
                    point -> {
                      if (point.equals("commit:before") && !sent.get() && hasQueued()) {
                        sent.set(true);
                        bugs.sendNow();
                        power.accept("bug");
                      }
                      power.accept(point);
                    }),
        _ -> {});
  }

  /** Whether the transaction under way has queued a letter that others do not see yet. */
  private boolean hasQueued() {
    return context
            .getBean(JdbcClient.class)
            .sql(
                """
                select count(*) from mail
                 where sent_at is null and xmin = pg_current_xact_id_if_assigned()::xid
                """)
            .query(Long.class)
            .single()
        > 0;
  }

  private List<String> writtenDownBeforeSent() {
    return walk(
        new Queue(context, Map.of("send-mail", new MailBugs(context)::writeDownFirst), false),
        Map.of(FIRST_LETTER, List.of("MailServer.send:before#1")),
        (_, _) -> {},
        _ -> {});
  }

  private List<String> jobForgottenFirst() {
    return walk(
        new Queue(context, Map.of(), true),
        Map.of("seal 1", List.of("SealKey.sign:before#1")),
        (_, _) -> {},
        _ -> {});
  }

  private List<String> toldBeforeCommit() throws Exception {
    var body = TestBody.create("x");
    var each =
        new Case(
            body, new Power(Map.of("dispatch", List.of("commit:before#1"))), new Queue(context));
    var hands = new Hands(contracts, clock, body, TestContract.draft(body, vault).id());
    each.tell("dispatch", () -> hands.hasAgreed(0));
    each.once("dispatch", hands::dispatch);
    return each.wrong(auditor);
  }

  private List<String> trigger(String table, String when, String deed) {
    return walk(
        new Queue(context),
        Map.of(),
        (body, _) -> plant(body, table, when, deed),
        _ -> unplant(table));
  }

  private static void plant(TestBody body, String table, String when, String deed) {
    TestPeople.run(
        """
        do $d$ begin
        create or replace function harness.bug() returns trigger language plpgsql security definer
          set search_path = public as $f$ begin %s; end $f$;
        create trigger a_harness_bug before insert on %s for each row
          when (%s and new.%s) execute function harness.bug();
        end $d$
        """
            .formatted(
                deed,
                table,
                table.equals("scheduled_tasks")
                    ? "new.task_instance like '" + body.id() + "/%'"
                    : "new.tenant_id = '" + body.id() + "'",
                when));
  }

  private static void unplant(String table) {
    TestPeople.run("drop trigger a_harness_bug on " + table);
  }

  private List<String> overwritten() {
    return walk(
        new Queue(context),
        Map.of(),
        (_, _) -> {},
        hands -> {
          var body = hands.body().id();
          var revisions = hands.look().revisions();
          var last = StoredObjects.file(keys, transaction, body, revisions.getLast().file());
          var other = StoredObjects.file(keys, transaction, body, revisions.getFirst().file());
          try {
            Files.write(last, Files.readAllBytes(other));
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  /** Without the keys that forbid it. */
  private List<String> agreedTwice() {
    return walk(
        new Queue(context),
        Map.of(),
        (_, _) -> {},
        hands ->
            TestPeople.run(
                """
                do $$ begin set local session_replication_role = replica;
                create table harness.held as select conname::text as name,
                    pg_get_constraintdef(oid) as text from pg_constraint
                  where conrelid = 'agreement'::regclass and contype = 'u';
                insert into agreement
                select (jsonb_populate_record(a, jsonb_build_object(
                         'id', gen_random_uuid(), 'ordinal', 3,
                         'party_id', gen_random_uuid()))).*
                  from agreement a where a.tenant_id = '%s' and a.ordinal = 2;
                end $$
                """
                    .formatted(hands.body().id())));
  }

  private List<String> otherBodiesRows() {
    TestPeople.run("alter table agreement no force row level security");
    try {
      return auditor.audit(AuditScope.of(TestBody.create("x").code())).violations().stream()
          .filter(violation -> violation.invariant().equals("I12"))
          .map(Object::toString)
          .toList();
    } finally {
      TestPeople.run("alter table agreement force row level security");
    }
  }
}

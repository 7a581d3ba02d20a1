package jp.musubi.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.musubi.Faults;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestContract;
import jp.musubi.TestPeople;
import jp.musubi.contract.Contracts;
import jp.musubi.operations.Auditor;
import jp.musubi.platform.TenantId;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;

/** What may happen to a write, and to the commit that makes it last. */
final class DatabaseCalls {
  private final ApplicationContext context;

  DatabaseCalls(ApplicationContext context) {
    this.context = context;
  }

  /** How the database fails. */
  enum Trouble {
    STATEMENT_FAILS("書き込みが失敗する"),
    CUT_IN_STATEMENT("書き込みの途中で接続が切れる"),
    COMMIT_FAILS("コミットが失敗する"),
    CUT_IN_COMMIT("コミットの途中で接続が切れる"),
    ANSWER_LOST("コミットの応答が失われる");

    final String title;

    Trouble(String title) {
      this.title = title;
    }
  }

  /** What is written. */
  enum Write {
    AGREEMENT("同意の記録", "agreement"),
    ATTEMPT("署名の予告", "seal_attempt"),
    SEAL("署名の記録", "revision"),
    LETTER("送信済みの記録", "mail");

    final String title;
    final String table;

    Write(String title, String table) {
      this.title = title;
      this.table = table;
    }
  }

  /** Triggers that do as {@code harness.spell} says, to rows of the bodies named there. */
  static void prepare() {
    TestPeople.run(
        """
        do $$ declare t text; begin
        create table harness.spell (tenant uuid, relation text, trouble text);
        create function harness.spoil() returns trigger language plpgsql security definer as $f$
        declare now_ text;
        begin
          select trouble into now_ from harness.spell
           where tenant = new.tenant_id and relation = tg_table_name;
          if now_ = tg_argv[0] || '_FAILS' then
            raise exception 'as the harness said';
          elsif now_ = 'CUT_IN_' || tg_argv[0] then
            perform pg_terminate_backend(pg_backend_pid());
          end if;
          return null;
        end $f$;
        foreach t in array array['agreement', 'seal_attempt', 'revision', 'mail'] loop
          execute format('create trigger harness_statement after insert or update on %I
            for each row execute function harness.spoil(''STATEMENT'')', t);
          execute format('create constraint trigger harness_commit after insert or update on %I
            deferrable initially deferred for each row execute function harness.spoil(''COMMIT'')', t);
        end loop;
        end $$
        """);
  }

  void check(Write write, Trouble trouble) throws Exception {
    var body = TestBody.create("x");
    var power = new Power(java.util.Map.of());
    var each = new Case(body, power, new Queue(context));
    ServiceTest.RealParts.faults().leave(body.id());
    var contract = TestContract.draft(body, context.getBean(Vault.class));
    var hands =
        new Hands(
            context.getBean(Contracts.class), context.getBean(Clock.class), body, contract.id());
    if (write != Write.AGREEMENT) {
      hands.dispatch();
    }
    if (write == Write.LETTER) {
      // The seal is made, and the letter that follows from it waits.
      new Queue(context).run(next(body.id(), "seal"));
      done(next(body.id(), "seal"));
    }
    var before = rows(write, body.id());
    var lost = lost(write, trouble, body.id(), before);
    spoil(write, trouble, body.id());
    var failed = new AtomicBoolean();
    try {
      attempt(write, hands);
    } catch (RuntimeException e) {
      failed.set(true);
    }
    heal(body.id());
    assertThat(failed).as("the failure was seen").isTrue();
    assertThat(lost.get()).isEqualTo(trouble == Trouble.ANSWER_LOST);
    assertThat(rows(write, body.id()))
        .isEqualTo(trouble == Trouble.ANSWER_LOST ? before + 1 : before);

    if (write == Write.LETTER) {
      each.endingLost();
    }
    // Whoever got no answer looks, and repeats what is not there.
    if (write == Write.AGREEMENT && !hands.hasAgreed(0)) {
      hands.dispatch();
    }
    each.workOff();
    assertThat(rows(Write.AGREEMENT, body.id())).isEqualTo(1);
    assertThat(rows(Write.SEAL, body.id())).isEqualTo(1);
    assertThat(hands.withdraw()).isTrue();
    each.workOff();
    assertThat(new ArrayList<>(each.wrong(context.getBean(Auditor.class)))).isEmpty();
  }

  private void attempt(Write write, Hands hands) {
    switch (write) {
      case AGREEMENT -> hands.dispatch();
      case ATTEMPT, SEAL -> new Queue(context).run(next(hands.body().id(), "seal"));
      case LETTER -> new Queue(context).run(next(hands.body().id(), "send-mail"));
    }
  }

  /** Lets the commit happen that makes the write last, and breaks off instead of answering. */
  private static AtomicBoolean lost(Write write, Trouble trouble, TenantId body, long before) {
    var lost = new AtomicBoolean();
    if (trouble == Trouble.ANSWER_LOST) {
      ServiceTest.RealParts.faults()
          .watch(
              body,
              point -> {
                if (point.equals("commit:after") && !lost.get() && rows(write, body) > before) {
                  lost.set(true);
                  throw new Faults.Broken(point);
                }
              });
    }
    return lost;
  }

  private static void spoil(Write write, Trouble trouble, TenantId body) {
    TestPeople.run(
        "insert into harness.spell values (?, ?, ?)", body.value(), write.table, trouble.name());
  }

  private static void heal(TenantId body) {
    TestPeople.run("delete from harness.spell where tenant = ?", body.value());
    ServiceTest.RealParts.faults().leave(body);
  }

  private static Queue.Job next(TenantId body, String task) {
    return new Queue.Job(
        task,
        TestPeople.text(
            "select min(task_instance) from scheduled_tasks where task_name = ?"
                + " and task_instance like ?",
            task,
            body + "/%"));
  }

  private static void done(Queue.Job job) {
    TestPeople.run(
        "delete from scheduled_tasks where task_name = ? and task_instance = ?",
        job.task(),
        job.instance());
  }

  /** How often it is in the record. */
  private static long rows(Write write, TenantId body) {
    return Long.parseLong(
        TestPeople.text(
            "select count(*)::text from %s where tenant_id = ?%s"
                .formatted(write.table, write == Write.LETTER ? " and sent_at is not null" : ""),
            body.value()));
  }

  static List<Write> writes() {
    return List.of(Write.values());
  }
}

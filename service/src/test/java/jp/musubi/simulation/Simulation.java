package jp.musubi.simulation;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import jp.musubi.TestBody;
import jp.musubi.api.SimulatedReceiver;
import jp.musubi.contract.Contracts;
import jp.musubi.notification.MailBugs;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.sealing.SimulatedSealing;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;

/** Makes worlds, lets them run, and asks the oracle. */
final class Simulation {
  private static final TaskDescriptor<Void> SEAL = TaskDescriptor.of("seal");
  private static final TaskDescriptor<Void> MAIL = TaskDescriptor.of("send-mail");
  private static final TaskDescriptor<Void> ASSESS = TaskDescriptor.of("assess-protection");

  private final ApplicationContext context;
  private final SimulatedPorts ports;
  private final Connection superuser;
  private final Queue queue;
  private final Oracle oracle;

  Simulation(ApplicationContext context, SimulatedPorts ports, Connection superuser)
      throws SQLException {
    this.context = context;
    this.ports = ports;
    this.superuser = superuser;
    this.queue = new Queue(superuser);
    this.oracle = new Oracle(context, superuser);
  }

  /** What came of a world. */
  record Run(long seed, String digest, List<String> wrong, Tally tally, List<String> lines) {}

  /** A world, before it runs. */
  record Stage(World world, TestBody body, People people, Sha256 prepared) {}

  /** What is played. */
  private enum Story {
    TWO,
    PARALLEL,
    DECLINE,
    WITHDRAW,
    EXPIRE,
    DELEGATE,
    THREE
  }

  /** The world of a seed. */
  Run run(long seed, Plant plant, boolean keepsLines) throws Exception {
    var stage = stage(seed, plant, keepsLines, () -> authority());
    var world = stage.world();
    var story = Story.values()[world.random().nextInt(Story.values().length)];
    world.trace("story " + story);
    if (world.random().nextInt(3) == 0) {
      SimulatedReceiver.register(context, stage.body());
      world.trace("receiver");
    }
    play(story, stage);
    return finish(stage);
  }

  private TimestampAuthority authority() {
    return SimulatedSealing.authority(context.getBean(Clock.class));
  }

  /** Nodes and a body, and nobody who does anything yet. */
  Stage stage(long seed, Plant plant, boolean keepsLines, Supplier<TimestampAuthority> authority)
      throws SQLException, IOException {
    queue.clear();
    ports.forget();
    var world = World.of(seed, keepsLines);
    var body = TestBody.create(superuser, "x");
    var count = 2 + world.random().nextInt(2);
    for (var i = 0; i < count; i++) {
      world.add(
          new Node(
              world,
              "node" + i,
              context.getBean(DataSource.class),
              () -> jobs(plant, authority.get())));
    }
    var file = Files.createTempFile("simulated", ".pdf");
    Files.writeString(file, "%PDF-1.7\n%% of body " + body.code());
    var prepared =
        Tenancy.in(body.id(), () -> context.getBean(Vault.class).put(file, "application/pdf"));
    Files.delete(file);
    return new Stage(
        world, body, new People(world, context.getBean(Contracts.class), body), prepared);
  }

  List<X509Certificate> certificates(Path pem) {
    return SimulatedSealing.certificates(pem);
  }

  SimulatedContract draft(Stage stage, int counterparties) throws SQLException {
    return SimulatedContract.draft(superuser, stage.body(), stage.prepared(), counterparties);
  }

  private void play(Story story, Stage stage) throws SQLException {
    var people = stage.people();
    var contract = draft(stage, story == Story.PARALLEL || story == Story.DECLINE ? 2 : 1);
    switch (story) {
      case TWO, PARALLEL -> people.everybodyAgrees(contract);
      case DECLINE -> {
        people.send(contract);
        people.agrees(contract, 1, Duration.ofSeconds(30));
        people.declines(contract, 2);
        people.agrees(contract, 3, Duration.ofSeconds(30));
      }
      case WITHDRAW -> {
        people.everybodyAgrees(contract);
        people.withdraws(contract, Duration.ofMinutes(4));
      }
      case EXPIRE -> {
        people.send(contract);
        people.agreesAtTheLastMoment(contract);
        people.timeEnds(contract);
      }
      case DELEGATE -> {
        people.send(contract);
        people.passesOn(contract);
        people.agrees(contract, 2, Duration.ofSeconds(1));
      }
      case THREE -> {
        people.everybodyAgrees(contract);
        people.everybodyAgrees(draft(stage, 1));
        people.everybodyAgrees(draft(stage, 1));
      }
    }
  }

  Run finish(Stage stage) throws SQLException {
    var world = stage.world();
    var wrong = new ArrayList<String>();
    try {
      world.run(queue);
    } catch (AssertionError e) {
      wrong.add("not ended: " + e + " " + e.getCause());
    }
    wrong.addAll(oracle.wrong(world, stage.body(), stage.people()));
    return new Run(world.seed(), world.digest(), wrong, world.tally(), world.lines());
  }

  private List<Task<?>> jobs(Plant plant, TimestampAuthority authority) {
    var jobs = new ArrayList<Task<?>>();
    for (var name : List.of("sendWebhookTask", "sendTextTask")) {
      jobs.add(context.getBean(name, Task.class));
    }
    // What is no PDF has no timestamps to be assessed.
    jobs.add(Tasks.oneTime(ASSESS).execute((_, _) -> {}));
    var seal = SimulatedSealing.task(context, authority, plant != Plant.UNFENCED);
    jobs.add(
        switch (plant) {
          case NOT_REVIVED ->
              Tasks.custom(SEAL)
                  .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ofSeconds(5)))
                  .onDeadExecution((dead, operations) -> operations.remove())
                  .execute(seal);
          case FORGOTTEN_FIRST ->
              Tasks.custom(SEAL)
                  .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ofSeconds(5)))
                  .onDeadExecutionRevive()
                  .execute((instance, running) -> {
                    queue.forget(instance.getId());
                    return seal.execute(instance, running);
                  });
          default -> seal;
        });
    jobs.add(
        plant == Plant.WRITTEN_DOWN_FIRST
            ? Tasks.custom(MAIL)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ofSeconds(5)))
                .onDeadExecutionRevive()
                .execute((instance, _) -> {
                  new MailBugs(context).writeDownFirst(instance.getId());
                  return new com.github.kagkarlsson.scheduler.task.CompletionHandler
                      .OnCompleteRemove<>();
                })
            : context.getBean("sendMailTask", Task.class));
    return jobs;
  }
}

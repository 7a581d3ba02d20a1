package jp.musubi.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.seal.ImprintAlgorithm;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.remote.FailoverTimestampAuthority;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.Fault;
import jp.musubi.testkit.PkiServer;

/**
 * 時刻認証局の停止. The one authority gives no token for hours, while people go on sending and agreeing.
 * Its tokens, their checks and the circuit breaker before it are the real ones.
 */
final class Outage {
  private static final Duration BEFORE = Duration.ofHours(1);

  private final Simulation simulation;
  private final Clock clock;
  private final Duration length;

  Outage(Simulation simulation, Clock clock, Duration length) {
    this.simulation = simulation;
    this.clock = clock;
    this.length = length;
  }

  /**
   * What came of it.
   *
   * @param agreements that people gave while it was away, and were told of
   * @param drained from its return until the last contract was concluded
   */
  record Result(List<String> wrong, long agreements, int contracts, Duration drained) {}

  Result run(long seed, Path folder) throws SQLException, IOException {
    try (var pki = PkiServer.open(folder, clock)) {
      var anchor = Files.writeString(folder.resolve("root.pem"), pki.pki().rootPem());
      var stage = simulation.stage(seed, Plant.NONE, false, () -> authority(pki, anchor));
      var world = stage.world();
      world.calm();
      var people = stage.people();
      var contracts = new ArrayList<SimulatedContract>();
      // One whose counterparty agrees in the outage, and one that is sent in it.
      for (var sentAfter : List.of(Duration.ZERO, BEFORE.plus(length.dividedBy(2)))) {
        var contract = simulation.draft(stage, 1);
        people.send(contract, sentAfter);
        people.agrees(contract, 1, BEFORE.plus(length.dividedBy(3)));
        people.agrees(contract, 2, BEFORE);
        contracts.add(contract);
      }
      var acknowledged = new long[2];
      var back = new Instant[1];
      world.person(
          "authority",
          BEFORE,
          () -> {
            pki.tsa().fail(new Fault.Refuse());
            acknowledged[0] = world.tally().acknowledged();
            world.pause(length);
            pki.tsa().heal();
            acknowledged[1] = world.tally().acknowledged();
            back[0] = world.now();
          });
      var wrong = simulation.finish(stage).wrong();
      var last = Instant.MIN;
      for (var contract : contracts) {
        if (people.is(contract, "CONCLUDED")) {
          var end = people.end(contract);
          last = end.isAfter(last) ? end : last;
        }
      }
      return new Result(
          wrong,
          acknowledged[1] - acknowledged[0],
          (int) contracts.stream().filter(contract -> people.is(contract, "CONCLUDED")).count(),
          Duration.between(back[0], last));
    }
  }

  /** As a node makes it when it starts: well at first. */
  private TimestampAuthority authority(PkiServer pki, Path anchor) {
    return new FailoverTimestampAuthority(
        List.of(
            new HttpTimestampAuthority(
                pki.pki().tsaUrl(),
                ImprintAlgorithm.SHA_256,
                List.of(PkiServer.TSA_POLICY),
                simulation.certificates(anchor),
                Optional.empty(),
                clock,
                // Of the real time, which is no matter here.
                Duration.ofSeconds(30))),
        200,
        Duration.ofMillis(20),
        clock,
        _ -> {});
  }
}

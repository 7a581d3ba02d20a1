package jp.musubi.approval;

import static jp.musubi.approval.ApprovalModel.PEOPLE;
import static jp.musubi.approval.ApprovalModel.POSTS;
import static jp.musubi.approval.ApprovalModel.WAITING;
import static jp.musubi.approval.ApprovalTest.NOW;
import static jp.musubi.approval.ApprovalTest.TODAY;
import static jp.musubi.approval.ApprovalTest.digest;
import static jp.musubi.approval.ApprovalTest.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random routes, people and steps against a model that is small enough to be believed: numbers and
 * a set of strings, written without a look at the code.
 */
@DisplayName("承認のでたらめな歩み")
class ApprovalWalkTest {
  private static final int SEEDS = 20_000;
  private static final int ACTS = 14;

  private static Approval.House house(ApprovalModel model) {
    Map<UUID, Set<UUID>> holders = new HashMap<>();
    for (var post = 0; post < POSTS; post++) {
      holders.put(person(100 + post), Set.of(person(model.holder[post])));
    }
    var standIns = new ArrayList<StandIn>();
    for (var principal = 0; principal < PEOPLE; principal++) {
      if (model.deputyOf[principal] >= 0) {
        standIns.add(
            new StandIn(
                person(200 + principal),
                person(principal),
                person(model.deputyOf[principal]),
                TODAY,
                TODAY.plusDays(1)));
      }
    }
    return new Approval.House(
        new Seats(holders, standIns), Set.of(person(model.maker)), model.ownAllowed);
  }

  private static Approval.UnderWay begun(ApprovalModel model) {
    var steps =
        IntStream.range(0, model.steps.length)
            .mapToObj(s ->
                new Step(
                    Arrays.stream(model.steps[s]).mapToObj(p -> person(100 + p)).toList(),
                    model.all[s]))
            .toList();
    return new Approval.UnderWay(
        new Approval.Asked(
            person(99),
            person(model.maker),
            new Subject(1, digest("prepared"), digest("terms")),
            new Decided(
                "",
                Optional.empty(),
                Optional.of(digest("decided")),
                Set.of(digest(model.differs ? "other" : "decided"))),
            steps),
        List.of());
  }

  @Test
  @DisplayName("20,000 通りの歩みで、小さな手本と一歩も違わない")
  void agreesWithTheModelAtEveryStep() {
    var ends = new TreeMap<String, Integer>();
    var objections = new EnumMap<Objection, Integer>(Objection.class);
    for (var seed = 0L; seed < SEEDS; seed++) {
      ends.merge(walk(seed, objections), 1, Integer::sum);
    }
    // Every end and every objection of the pure part was met, or the walk would prove nothing.
    assertThat(ends).containsOnlyKeys("Approved", "Recalled", "Rerouted", "Returned", WAITING);
    assertThat(objections)
        .containsOnlyKeys(
            Objection.NOT_YOUR_TURN,
            Objection.GIVEN_ALREADY,
            Objection.OWN_CONTRACT,
            Objection.DIFFERS_FROM_DECIDED);
  }

  private static String walk(long seed, Map<Objection, Integer> objections) {
    var model = new ApprovalModel(seed);
    var state = begun(model);
    for (var act = 0; act < ACTS; act++) {
      if (model.random.nextInt(6) == 0) {
        model.dealSeats();
      }
      var who = model.random.nextInt(PEOPLE);
      var dice = model.random.nextInt(24);
      Outcome outcome;
      String expected;
      if (dice == 0) {
        outcome = state.recall(person(who), NOW);
        model.end = "Recalled";
        expected = "";
      } else if (dice == 1) {
        outcome = state.sendBack(person(who), "直してください", house(model), NOW);
        expected = model.act(who, false);
      } else if (dice == 2) {
        outcome = state.reroute(person(who), "組織改正", house(model), NOW);
        expected = who == model.maker ? "OWN_CONTRACT" : "";
        model.end = expected.isEmpty() ? "Rerouted" : model.end;
      } else {
        outcome = state.approve(person(who), house(model), NOW);
        expected = model.act(who, true);
      }
      var at = "seed %d, act %d".formatted(seed, act);
      switch (outcome) {
        case Outcome.Refused(var why) -> {
          objections.merge(why, 1, Integer::sum);
          assertThat(why.name()).as(at).isEqualTo(expected);
        }
        case Outcome.Taken(var next, _) -> {
          assertThat(expected).as(at).isEmpty();
          assertThat(keys(next)).as(at).isEqualTo(model.given);
          if (!(next instanceof Approval.UnderWay waiting)) {
            assertThat(next.getClass().getSimpleName()).as(at).isEqualTo(model.end);
            return model.end;
          }
          assertThat(model.end).as(at).isEqualTo(WAITING);
          assertThat(waiting.current()).as(at).isEqualTo(model.current());
          state = waiting;
        }
      }
    }
    return model.end;
  }

  private static Set<String> keys(Approval approval) {
    var keys = new HashSet<String>();
    for (var consent : approval.given()) {
      keys.add(consent.step() + ":" + (consent.post().getLeastSignificantBits() - 100));
    }
    assertThat(approval.given()).hasSameSizeAs(keys);
    return keys;
  }
}

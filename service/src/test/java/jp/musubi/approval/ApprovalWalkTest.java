package jp.musubi.approval;

import static jp.musubi.approval.ApprovalTest.NOW;
import static jp.musubi.approval.ApprovalTest.TODAY;
import static jp.musubi.approval.ApprovalTest.digest;
import static jp.musubi.approval.ApprovalTest.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
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
  private static final int PEOPLE = 5;
  private static final int POSTS = 4;
  private static final String WAITING = "WAITING";

  /** The model, with its dice. */
  private static final class Model {
    final Random random;
    final int[][] steps;
    final boolean[] all;
    final int[] holder = new int[POSTS];
    final int[] deputyOf = new int[PEOPLE];
    final int maker;
    final boolean ownAllowed;
    final boolean differs;
    final Set<String> given = new HashSet<>();
    final Set<Integer> givers = new HashSet<>();
    String end = WAITING;

    Model(long seed) {
      random = new Random(seed);
      steps = new int[1 + random.nextInt(3)][];
      all = new boolean[steps.length];
      for (var s = 0; s < steps.length; s++) {
        steps[s] = random.ints(0, POSTS).distinct().limit(1 + random.nextInt(3)).toArray();
        all[s] = random.nextBoolean();
      }
      dealSeats();
      maker = random.nextInt(PEOPLE);
      ownAllowed = random.nextInt(4) == 0;
      differs = random.nextInt(8) == 0;
    }

    /** Who holds what, and who stands in for whom: both change while an approval waits. */
    void dealSeats() {
      for (var post = 0; post < POSTS; post++) {
        holder[post] = random.nextInt(PEOPLE);
      }
      for (var person = 0; person < PEOPLE; person++) {
        deputyOf[person] = random.nextInt(3) == 0 ? random.nextInt(PEOPLE) : -1;
      }
    }

    boolean taken(int step) {
      var count = 0;
      for (var post : steps[step]) {
        count += given.contains(step + ":" + post) ? 1 : 0;
      }
      return all[step] ? count == steps[step].length : count > 0;
    }

    int current() {
      for (var step = 0; step < steps.length; step++) {
        if (!taken(step)) {
          return step;
        }
      }
      return steps.length;
    }

    /** "" where the person takes the step at some post, or the objection. */
    String act(int who, boolean approves) {
      var step = current();
      var sits = false;
      var barred = false;
      var fresh = new HashSet<String>();
      for (var post : steps[step]) {
        if (given.contains(step + ":" + post)) {
          continue;
        }
        if (holder[post] == who) {
          if (who == maker && !ownAllowed) {
            barred = true;
          } else {
            sits = true;
            fresh.add(step + ":" + post);
          }
        } else if (deputyOf[holder[post]] == who) {
          if (who == maker || (holder[post] == maker && !ownAllowed)) {
            barred = true;
          } else {
            sits = true;
            fresh.add(step + ":" + post);
          }
        }
      }
      if (!sits) {
        return barred ? "OWN_CONTRACT" : givers.contains(who) ? "GIVEN_ALREADY" : "NOT_YOUR_TURN";
      }
      if (!approves) {
        end = "Returned";
        return "";
      }
      if (differs) {
        return "DIFFERS_FROM_DECIDED";
      }
      given.addAll(fresh);
      givers.add(who);
      if (current() == steps.length) {
        end = "Approved";
      }
      return "";
    }
  }

  private static Approval.House house(Model model) {
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

  private static Approval.UnderWay begun(Model model) {
    var steps = new ArrayList<Step>();
    for (var s = 0; s < model.steps.length; s++) {
      steps.add(
          new Step(
              java.util.Arrays.stream(model.steps[s]).mapToObj(p -> person(100 + p)).toList(),
              model.all[s]));
    }
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
    assertThat(ends).containsOnlyKeys("Approved", "Recalled", "Returned", WAITING);
    assertThat(objections)
        .containsOnlyKeys(
            Objection.NOT_YOUR_TURN,
            Objection.GIVEN_ALREADY,
            Objection.OWN_CONTRACT,
            Objection.DIFFERS_FROM_DECIDED);
  }

  private static String walk(long seed, Map<Objection, Integer> objections) {
    var model = new Model(seed);
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

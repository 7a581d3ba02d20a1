package jp.musubi.approval;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** The model of {@link ApprovalWalkTest}, with its dice: numbers and a set of strings. */
final class ApprovalModel {
  static final int PEOPLE = 5;
  static final int POSTS = 4;
  static final String WAITING = "WAITING";

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

  ApprovalModel(long seed) {
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

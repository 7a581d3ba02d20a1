package jp.musubi.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import jp.musubi.TestBody;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Delegate;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.evidence.Actor;
import jp.musubi.platform.Tenancy;

/** What people do in a world, and the ledger of what they were told. */
final class People {
  private static final Actor ACTOR = new Actor(Actor.Kind.STAFF, "1", "見本 花子");
  private static final Agreement.Manner MANNER =
      new Agreement.Manner("PASSWORD", "L3", "同意して電子署名します。", "192.0.2.1", "simulation");
  private static final Set<String> ENDED =
      Set.of("CONCLUDED", "DECLINED", "RETURNED", "WITHDRAWN", "EXPIRED");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_TRIES = 60;

  private final World world;
  private final Contracts contracts;
  private final TestBody body;
  private final Instant deadline;
  private final List<Promise> ledger = new ArrayList<>();
  private final List<SimulatedContract> all = new ArrayList<>();

  /** Something that somebody was told. */
  private record Promise(String what, BooleanSupplier kept) {}

  People(World world, Contracts contracts, TestBody body) {
    this.world = world;
    this.contracts = contracts;
    this.body = body;
    this.deadline = World.BEGINNING.plus(Duration.ofDays(14));
  }

  List<SimulatedContract> contracts() {
    return all;
  }

  /** Two agree, one after the other; of two in one turn each when it likes. */
  void everybodyAgrees(SimulatedContract contract) {
    send(contract);
    for (var i = 1; i < contract.office(); i++) {
      agrees(contract, i, Duration.ofSeconds(1));
    }
    agrees(contract, contract.office(), Duration.ofSeconds(1));
  }

  /** The clerk sends it, soon. */
  void send(SimulatedContract contract) {
    send(contract, within(Duration.ofSeconds(20)));
  }

  /** The clerk sends it, then. */
  void send(SimulatedContract contract, Duration after) {
    var number = all.size();
    all.add(contract);
    world.person(
        "clerk " + number,
        after,
        () ->
            step(
                "dispatch " + number,
                () ->
                    contracts.dispatch(contract.id(), contract.prepared(), deadline, ACTOR, MANNER),
                () -> hasAgreed(contract, 0)));
  }

  /** A party that agrees once it is asked. */
  void agrees(SimulatedContract contract, int ordinal, Duration after) {
    var number = all.indexOf(contract);
    world.person(
        "party %d of %d".formatted(ordinal, number),
        after,
        () -> {
          if (isAsked(contract, ordinal)) {
            step(
                "agree %d of %d".formatted(ordinal, number),
                () -> {
                  var now = contracts.get(contract.id());
                  return contracts.agree(
                      contract.id(), party(now, ordinal), now.shownFile(), ACTOR, MANNER);
                },
                () -> hasAgreed(contract, ordinal));
          }
        });
  }

  /** One that declines. */
  void declines(SimulatedContract contract, int ordinal) {
    world.person(
        "party " + ordinal,
        within(Duration.ofSeconds(60)),
        () -> {
          if (isAsked(contract, ordinal)) {
            step(
                "decline",
                () ->
                    contracts.decline(
                        contract.id(),
                        party(contracts.get(contract.id()), ordinal),
                        "都合により",
                        ACTOR,
                        MANNER),
                () -> is(contract, "DECLINED"));
          }
        });
  }

  /** The body takes it back, whenever that is. */
  void withdraws(SimulatedContract contract, Duration within) {
    world.person(
        "regret",
        within(within),
        () -> {
          await(() -> hasAgreed(contract, 0));
          step(
              "withdraw",
              () -> contracts.withdraw(contract.id(), "誤送信のため", ACTOR, MANNER),
              () -> is(contract, "WITHDRAWN"));
        });
  }

  /** One that passes it on, and thinks better of it: too late; the other agrees. */
  void passesOn(SimulatedContract contract) {
    world.person(
        "party 1",
        Duration.ofSeconds(1),
        () -> {
          if (!isAsked(contract, 1)) {
            return;
          }
          var before = Tenancy.in(body.id(), () -> party(contracts.get(contract.id()), 1));
          step(
              "delegate",
              () ->
                  contracts.delegate(
                      contract.id(),
                      before,
                      new Delegate("専務取締役", "例田 二郎", "other-" + before.mail()),
                      ACTOR,
                      MANNER),
              () -> name(contract, 1).equals("例田 二郎"));
          var taken =
              step(
                  "agree after passing on",
                  () ->
                      contracts.agree(
                          contract.id(),
                          before,
                          contracts.get(contract.id()).shownFile(),
                          ACTOR,
                          MANNER),
                  () -> false);
          if (taken) {
            throw new AssertionError("whoever passed it on agreed");
          }
          agreesNow(contract, 1);
        });
  }

  private void agreesNow(SimulatedContract contract, int ordinal) {
    step(
        "agree " + ordinal,
        () -> {
          var now = contracts.get(contract.id());
          return contracts.agree(
              contract.id(), party(now, ordinal), now.shownFile(), ACTOR, MANNER);
        },
        () -> hasAgreed(contract, ordinal));
  }

  /** Two nodes end what is due, each by its own beat. */
  void timeEnds(SimulatedContract contract) {
    for (var i = 0; i < 2; i++) {
      world.person(
          "expiry " + i,
          Duration.between(world.now(), deadline).plus(within(Duration.ofSeconds(90))),
          () -> {
            while (!hasEnded(contract)) {
              onSomeNode(contracts::expireDue);
              world.pause(Duration.ofSeconds(60));
            }
          });
    }
  }

  /** An agreement at the last moment, or just after it. */
  void agreesAtTheLastMoment(SimulatedContract contract) {
    agrees(
        contract,
        1,
        Duration.between(world.now(), deadline)
            .minusSeconds(45)
            .plus(within(Duration.ofSeconds(90))));
  }

  private boolean isAsked(SimulatedContract contract, int ordinal) {
    while (!hasEnded(contract)) {
      if (Tenancy.in(
          body.id(), () -> contracts.isTurnOf(contract.parties().get(ordinal), contract.id()))) {
        return true;
      }
      untilSomethingHappens();
    }
    return false;
  }

  private void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      untilSomethingHappens();
    }
  }

  private void untilSomethingHappens() {
    var commits = world.commits();
    do {
      world.pause(Duration.ofSeconds(1).plus(within(PATIENCE)));
    } while (world.commits() == commits);
  }

  /** Until there is an answer, or what was wanted has happened without one. */
  private boolean step(String what, Supplier<Decision> deed, BooleanSupplier kept) {
    for (var tries = 0; tries < MOST_TRIES; tries++) {
      var answer = onSomeNode(deed);
      if (answer != null) {
        var accepted = answer instanceof Decision.Accepted;
        world.trace(what + (accepted ? " accepted" : " refused"));
        if (accepted) {
          world.tally().acknowledged(1);
          ledger.add(new Promise(what, kept));
        }
        return accepted;
      }
      world.trace(what + " unanswered");
      world.pause(Duration.ofSeconds(1).plus(within(Duration.ofSeconds(30))));
      if (kept.getAsBoolean()) {
        return true;
      }
    }
    throw new AssertionError(what + " cannot be done");
  }

  /** What a node answers; null when it does not. */
  private <T> @org.jspecify.annotations.Nullable T onSomeNode(Supplier<T> deed) {
    var up = world.nodes().stream().filter(Node::isUp).toList();
    if (up.isEmpty()) {
      return null;
    }
    var strand = world.running();
    strand.runsOn(up.get(world.random().nextInt(up.size())));
    try {
      return Tenancy.in(body.id(), deed::get);
    } catch (SimulatedCrash | RuntimeException e) {
      world.trace("no answer: " + e.getClass().getSimpleName());
      return null;
    } finally {
      strand.runsOn(null);
    }
  }

  private Duration within(Duration most) {
    return Duration.ofMillis(world.random().nextLong(most.toMillis()));
  }

  private static Party party(Particulars contract, int ordinal) {
    return contract.parties().get(ordinal);
  }

  private String name(SimulatedContract contract, int ordinal) {
    return look(contract, now -> party(now, ordinal).name());
  }

  /** When it was concluded, by the record. */
  Instant end(SimulatedContract contract) {
    return look(contract, now -> now.concludedAt().orElseThrow());
  }

  boolean is(SimulatedContract contract, String state) {
    return look(contract, Particulars::state).equals(state);
  }

  private boolean hasEnded(SimulatedContract contract) {
    return ENDED.contains(look(contract, Particulars::state));
  }

  private <T> T look(SimulatedContract contract, Function<Particulars, T> what) {
    return Tenancy.in(
        body.id(), () -> Objects.requireNonNull(what.apply(contracts.get(contract.id()))));
  }

  private boolean hasAgreed(SimulatedContract contract, int ordinal) {
    return agreed(contract.id(), contract.parties().get(ordinal));
  }

  private boolean agreed(ContractId contract, PartyId party) {
    return Tenancy.in(body.id(), () -> contracts.agreements(contract)).stream()
        .anyMatch(agreement -> agreement.party().equals(party));
  }

  /** Promises that were not kept, and contracts that came to no end. */
  List<String> wrong() {
    var wrong = new ArrayList<String>();
    ledger.stream()
        .filter(promise -> !promise.kept().getAsBoolean())
        .forEach(promise -> wrong.add("I2: acknowledged and lost: " + promise.what()));
    all.stream()
        .filter(contract -> !hasEnded(contract))
        .forEach(contract ->
            wrong.add(
                "I11: no end: "
                    + look(contract, now -> now.state() + " " + now.revisions().size())));
    return wrong;
  }
}

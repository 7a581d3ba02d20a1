package jp.musubi.staff.sso;

import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.access.AddressGate;
import jp.musubi.access.Audience;
import jp.musubi.authority.Grant;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.openid.Tokens;
import jp.musubi.platform.web.Entrance;
import jp.musubi.staff.Arrivals;
import jp.musubi.staff.GroupGrants;
import jp.musubi.staff.SignedInStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 往復. Sends somebody to the body's provider and takes them in when they come back. Nothing is asked
 * over the network while a transaction is open.
 */
@Service
class SingleSignOn {
  private final ProviderStore providers;
  private final IdentityStore identities;
  private final ErrandStore errands;
  private final Conversation conversation;
  private final Arrivals arrivals;
  private final Groups groups;
  private final GroupGrants grants;
  private final AddressGate gate;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SingleSignOn(
      ProviderStore providers,
      IdentityStore identities,
      ErrandStore errands,
      Conversation conversation,
      Arrivals arrivals,
      Groups groups,
      GroupGrants grants,
      AddressGate gate,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.providers = providers;
    this.identities = identities;
    this.errands = errands;
    this.conversation = conversation;
    this.arrivals = arrivals;
    this.groups = groups;
    this.grants = grants;
    this.gate = gate;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * What somebody is sent for.
   *
   * @param staff who is signed in; null for a sign-in
   * @param target what a confirmation is for
   * @param entrance where the browser came in
   */
  record Order(
      Errand.Purpose purpose,
      @Nullable UUID staff,
      @Nullable String target,
      String browser,
      Entrance.Side entrance) {}

  /**
   * What came back by way of the browser.
   *
   * @param state names the errand
   * @param browser the browser's secret
   */
  record Answer(String state, Said said, String browser) {}

  /** How the round trip ended. */
  sealed interface End {
    /** Somebody is in. */
    record Came(SignedInStaff person) implements End {}

    /** The signed-in person is who they are, for what they were asked about. */
    record Confirmed(UUID errand, String target) implements End {}

    /** The own account is linked from now on. */
    record Linked() implements End {}

    /**
     * The settings are right; this is what would happen to whoever comes so.
     *
     * @param grants what their groups would give
     */
    record Tried(Arrival arrival, boolean strong, Admission admission, Set<Grant> grants)
        implements End {}

    /** Nothing came of it. */
    record Refused(Refusal reason, Errand.@Nullable Purpose purpose) implements End {}
  }

  /** The kind that a body's staff sign in by, if the body uses one. */
  Optional<Provider.Kind> inUse(Body body) {
    return Tenancy.in(body.id(), () -> inTransaction(providers::inUse));
  }

  /** Where the browser goes; empty when there is no such provider in use. */
  Optional<URI> begin(Body body, Provider.Kind kind, Order order) {
    return Tenancy.in(body.id(), () -> inTransaction(() -> leave(body, kind, order)));
  }

  private Optional<URI> leave(Body body, Provider.Kind kind, Order order) {
    return providers
        .find(kind)
        .filter(provider -> mayBeUsed(provider, order.purpose()))
        .map(provider -> {
          var errand =
              new Errand(
                  UUID.randomUUID(),
                  kind,
                  order.purpose(),
                  order.staff(),
                  Tokens.fresh(),
                  Tokens.fresh(),
                  Tokens.fresh(),
                  order.target(),
                  order.entrance(),
                  clock.instant());
          errands.insert(errand, order.browser());
          return conversation.leaving(body, provider, errand);
        });
  }

  private static boolean mayBeUsed(Provider provider, Errand.Purpose purpose) {
    return provider.inUse() || purpose == Errand.Purpose.TRIAL;
  }

  /**
   * Ends a round trip.
   *
   * @param person who is signed in to this browser
   * @param ip from where
   */
  End finish(Body body, Answer answer, @Nullable SignedInStaff person, String ip) {
    return Tenancy.in(
        body.id(),
        () ->
            gate.admits(Audience.STAFF, ip, AddressGate.SOMEBODY)
                ? end(body, answer, person, ip)
                : new End.Refused(Refusal.NOT_FROM_HERE, null));
  }

  private End end(Body body, Answer answer, @Nullable SignedInStaff person, String ip) {
    var taken =
        inTransaction(() ->
            errands.take(answer.said().kind(), answer.state(), answer.browser(), clock.instant()));
    if (taken.isEmpty()) {
      return new End.Refused(Refusal.NOT_AWAITED, null);
    }
    var errand = taken.get();
    try {
      var provider = provider(errand);
      if (errand.staff() != null && (person == null || !errand.staff().equals(person.id()))) {
        throw new ProviderFailure(Refusal.SOMEBODY_ELSE, "another member is signed in");
      }
      var arrival = conversation.arrival(body, provider, errand, answer.said());
      return inTransaction(() -> admit(body, provider, errand, arrival, person, ip));
    } catch (ProviderFailure e) {
      inTransaction(() -> {
        var facts = new HashMap<String, String>();
        facts.put("why", String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        return refused(errand, e.refusal(), person, ip, facts);
      });
      return new End.Refused(e.refusal(), errand.purpose());
    }
  }

  private Provider provider(Errand errand) throws ProviderFailure {
    return inTransaction(() -> providers.find(errand.kind()))
        .filter(found -> mayBeUsed(found, errand.purpose()))
        .orElseThrow(() -> new ProviderFailure(Refusal.NOT_IN_USE, "not in use"));
  }

  private End admit(
      Body body,
      Provider provider,
      Errand errand,
      Arrival arrival,
      @Nullable SignedInStaff person,
      String ip) {
    var strong = provider.rules().strong(arrival.said());
    var admission = Admission.decide(provider.rules(), arrival, identities.register(arrival));
    return switch (errand.purpose()) {
      case TRIAL -> {
        providers.tested(provider, clock.instant());
        record(actor(person), "sso.tried", ip, facts(arrival));
        yield new End.Tried(arrival, strong, admission, groups.given(arrival.groups()));
      }
      case LINK -> link(errand, arrival, Objects.requireNonNull(person), ip);
      case CONFIRM -> confirm(errand, arrival, admission, strong, person, ip);
      case SIGN_IN -> signIn(body, provider, errand, arrival, admission, ip);
    };
  }

  private End link(Errand errand, Arrival arrival, SignedInStaff person, String ip) {
    if (!identities.link(arrival, person.id(), IdentityStore.Origin.BY_MEMBER, clock.instant())) {
      return refused(errand, Refusal.LINKED_ALREADY, person, ip, facts(arrival));
    }
    record(actor(person), "sso.linked", ip, facts(arrival));
    return new End.Linked();
  }

  private End confirm(
      Errand errand,
      Arrival arrival,
      Admission admission,
      boolean strong,
      @Nullable SignedInStaff person,
      String ip) {
    if (!(admission instanceof Admission.Known(var member)) || !member.equals(errand.staff())) {
      return refused(errand, Refusal.SOMEBODY_ELSE, person, ip, facts(arrival));
    }
    errands.confirmed(errand.id(), strong, clock.instant());
    record(actor(person), "sso.confirmed", ip, facts(arrival));
    return new End.Confirmed(errand.id(), Objects.requireNonNull(errand.target()));
  }

  private End signIn(
      Body body,
      Provider provider,
      Errand errand,
      Arrival arrival,
      Admission admission,
      String ip) {
    var strong = provider.rules().strong(arrival.said());
    var member =
        switch (admission) {
          case Admission.Known(var known) -> Optional.of(known);
          case Admission.Found(var found) ->
              identities.link(arrival, found, IdentityStore.Origin.BY_MAIL, clock.instant())
                  ? Optional.of(found)
                  : Optional.<UUID>empty();
          case Admission.Newcomer(var section) -> register(arrival, section, ip);
          case Admission.Refused _ -> Optional.<UUID>empty();
        };
    if (!provider.rules().claims().groups().isEmpty()) {
      member.ifPresent(id -> grants.follow(id, groups.given(arrival.groups()), actor(null), ip));
    }
    var person = member.flatMap(id -> arrivals.signIn(id, body.name(), strong));
    if (person.isEmpty()) {
      var facts = facts(arrival);
      facts.put("admission", admission.toString());
      return refused(errand, Refusal.NOT_ADMITTED, null, ip, facts);
    }
    identities.used(arrival, clock.instant());
    if (admission instanceof Admission.Found) {
      record(actor(person.get()), "sso.linked", ip, facts(arrival));
    }
    var facts = facts(arrival);
    facts.put("loginId", person.get().member().loginId());
    facts.put("strong", String.valueOf(strong));
    record(actor(person.get()), "staff.signed-in", ip, facts);
    return new End.Came(person.get());
  }

  private Optional<UUID> register(Arrival arrival, UUID section, String ip) {
    var member = arrivals.register(arrival.login(), arrival.name(), arrival.mail(), section);
    member.ifPresent(id -> {
      identities.link(arrival, id, IdentityStore.Origin.BY_ARRIVAL, clock.instant());
      var facts = facts(arrival);
      facts.put("staff", id.toString());
      facts.put("loginId", arrival.login());
      record(actor(null), "staff.added", ip, facts);
    });
    return member;
  }

  private End refused(
      Errand errand,
      Refusal reason,
      @Nullable SignedInStaff person,
      String ip,
      Map<String, String> facts) {
    var more = new HashMap<>(facts);
    more.put("reason", reason.name());
    more.put("purpose", errand.purpose().name());
    record(actor(person), "sso.refused", ip, more);
    return new End.Refused(reason, errand.purpose());
  }

  private static Map<String, String> facts(Arrival arrival) {
    var facts = new HashMap<String, String>();
    facts.put("kind", arrival.kind().name());
    facts.put("issuer", arrival.issuer());
    facts.put("subject", arrival.subject());
    return facts;
  }

  private static Actor actor(@Nullable SignedInStaff person) {
    return person == null
        ? new Actor(Actor.Kind.SERVICE, "sso", "団体のIDでのサインイン")
        : new Actor(Actor.Kind.STAFF, person.id().toString(), person.displayName());
  }

  private void record(Actor actor, String action, String ip, Map<String, String> facts) {
    audit.record(actor, action, null, ip, facts);
  }

  private <T> T inTransaction(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }
}

package jp.musubi.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * 操作の事情. Who is at work in this request, in which roles and from where. Bound once at its edge, so
 * that no entry of the request can be without it, and so that it can be told whether there was one.
 */
public final class Circumstances {
  private static final ScopedValue<Circumstances> CURRENT = ScopedValue.newInstance();

  private final @Nullable Actor actor;
  private final @Nullable Actor behalf;
  private final Set<String> roles;
  private final String clientIp;
  private final AtomicInteger entries = new AtomicInteger();

  private Circumstances(
      @Nullable Actor actor, @Nullable Actor behalf, Set<String> roles, String clientIp) {
    this.actor = actor;
    this.behalf = behalf;
    this.roles = Set.copyOf(roles);
    this.clientIp = clientIp;
  }

  /** Of somebody who has signed in, with the codes of all roles they hold at this moment. */
  public static Circumstances of(Actor actor, Set<String> roles, String clientIp) {
    return new Circumstances(actor, null, roles, clientIp);
  }

  /**
   * Of a program that works in somebody's name: what is done as that person goes on record as the
   * program's, with the person beside it.
   */
  public static Circumstances onBehalf(
      Actor program, Actor person, Set<String> roles, String clientIp) {
    return new Circumstances(program, person, roles, clientIp);
  }

  /** Of somebody of whom only the address is known yet. */
  public static Circumstances from(String clientIp) {
    return new Circumstances(null, null, Set.of(), clientIp);
  }

  /** Runs {@code work} under these circumstances. */
  public <T extends @Nullable Object, X extends Throwable> T in(ScopedValue.CallableOp<T, X> work)
      throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** Those of the running request, if it is one. */
  public static Optional<Circumstances> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /** Whether anything of this request has been committed to a chain so far. */
  public boolean leftAnEntry() {
    return entries.get() > 0;
  }

  /**
   * Who is at work.
   *
   * @throws IllegalStateException if nobody has signed in: a defect, never a user's error
   */
  public Actor actor() {
    if (actor == null) {
      throw new IllegalStateException("nobody is known to be at work");
    }
    return actor;
  }

  /** The address the request came from, through trusted proxies only. */
  public String clientIp() {
    return clientIp;
  }

  void committed() {
    entries.incrementAndGet();
  }

  /** What an entry of {@code by} says, with what only the edge of the request knows. */
  static Fact complete(Fact fact) {
    return current().map(now -> now.added(fact)).orElse(fact);
  }

  private Fact added(Fact fact) {
    // A job that runs on in this thread acts in its own name, not from where the person sits.
    if (fact.actor().kind() == Actor.Kind.SERVICE) {
      return fact;
    }
    var details = new TreeMap<>(fact.details());
    var by = fact.actor();
    if (actor != null && behalf != null && (by.equals(behalf) || by.equals(actor))) {
      by = actor;
      details.putIfAbsent("onBehalfOf", behalf.id() + " " + behalf.name());
    }
    if (actor != null && actor.id().equals(by.id()) && !roles.isEmpty()) {
      details.putIfAbsent("roles", String.join(" ", roles.stream().sorted().toList()));
    }
    return new Fact(
        by,
        fact.action(),
        fact.contractId(),
        fact.clientIp() == null ? clientIp : fact.clientIp(),
        details);
  }

  /** What is to be recorded, before it has a place in a chain. */
  record Fact(
      Actor actor,
      String action,
      java.util.@Nullable UUID contractId,
      @Nullable String clientIp,
      Map<String, String> details) {}
}

package jp.musubi.api;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.AddressRange;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 連携プログラムの登録. Who of other systems may call the API of the current body. */
@Service
@Transactional
class Programs {
  private final ProgramStore store;
  private final Organisations organisations;
  private final Idempotency idempotency;
  private final AuditTrail audit;
  private final JdbcClient jdbc;
  private final ApiSettings settings;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Programs(
      ProgramStore store,
      Organisations organisations,
      Idempotency idempotency,
      AuditTrail audit,
      JdbcClient jdbc,
      ApiSettings settings,
      Clock clock) {
    this.store = store;
    this.organisations = organisations;
    this.idempotency = idempotency;
    this.audit = audit;
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /** What an administrator settles of a program. */
  record Shape(
      String name,
      UUID responsible,
      @Nullable UUID section,
      boolean handles,
      List<AddressRange> ranges,
      Optional<Instant> expiresAt) {
    /** Keeps its own copy. */
    Shape {
      ranges = List.copyOf(ranges);
    }
  }

  /** Who shows a key. */
  sealed interface Recognised {
    /** It may go on. */
    record As(Program program) implements Recognised {}

    /** Nobody's key. */
    record Unknown() implements Recognised {}

    /** Its key was replaced, and the time of the old one is over. */
    record Replaced(Program program) implements Recognised {}

    /** It was stopped, or its time is over. */
    record Over(Program program, Program.Standing standing) implements Recognised {}
  }

  /** All programs, the newest first. */
  @Transactional(readOnly = true)
  public List<Program> all() {
    return store.all();
  }

  /** One program. */
  @Transactional(readOnly = true)
  public Program get(UUID id) {
    return store.find(id).orElseThrow(() -> new NotFound("program " + id));
  }

  /** An active member of staff by ログインID. */
  @Transactional(readOnly = true)
  public Optional<UUID> staff(String login) {
    return jdbc.sql("select id from staff where login_id = :login and active")
        .param("login", login)
        .query(UUID.class)
        .optional();
  }

  /** What a member of staff is called, there still or not. */
  @Transactional(readOnly = true)
  public String staffName(UUID id) {
    return jdbc.sql("select name from staff where id = :id")
        .param("id", id)
        .query(String.class)
        .single();
  }

  /**
   * Registers a program, once for each form.
   *
   * @param formKey the form's idempotency key
   * @return its key, which can never be shown again; empty if the form was sent before
   */
  public Optional<ProgramKey> register(Shape shape, String formKey, Actor by, String clientIp) {
    var now = clock.instant();
    var program =
        new Program(
            UUID.randomUUID(),
            shape.name(),
            shape.responsible(),
            shape.section(),
            shape.handles(),
            shape.ranges(),
            shape.expiresAt(),
            now,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var key = nextKey();
    var first =
        idempotency.once(
            formKey,
            "register program " + shape,
            () -> {
              store.insert(program);
              store.insertKey(program.id(), key.digest(), now);
              record(by, "program.registered", program, clientIp, facts(program));
              return program.id().toString();
            });
    return first.equals(program.id().toString()) ? Optional.of(key) : Optional.empty();
  }

  /**
   * Gives a program a new key, once for each form.
   *
   * @param overlap for how long the one before still opens
   * @return the key, as {@link #register}
   */
  public Optional<ProgramKey> rotate(
      UUID id, Duration overlap, String formKey, Actor by, String clientIp) {
    var now = clock.instant();
    var program = locked(id);
    if (program.endedAt().isPresent()) {
      throw new NotFound("program %s, which was stopped".formatted(id));
    }
    var key = nextKey();
    var first =
        idempotency.once(
            formKey,
            "rotate program %s %s".formatted(id, overlap),
            () -> {
              store.endKeys(id, now.plus(overlap));
              store.insertKey(id, key.digest(), now);
              record(
                  by,
                  "program.key-replaced",
                  program,
                  clientIp,
                  Map.of("formerKeyUntil", now.plus(overlap).toString()));
              return key.digest().hex();
            });
    return first.equals(key.digest().hex()) ? Optional.of(key) : Optional.empty();
  }

  /** Stops a program, with all its keys, at once and for good. */
  public void end(UUID id, Actor by, String clientIp) {
    var program = locked(id);
    if (program.endedAt().isEmpty()) {
      var now = clock.instant();
      store.endKeys(id, now);
      store.end(id, now);
      record(by, "program.ended", program, clientIp, Map.of());
    }
  }

  /** Whose key it is, in the body it names. */
  @Transactional(readOnly = true)
  public Recognised recognise(ProgramKey key) {
    var now = clock.instant();
    var known = store.known(key.digest());
    if (known.isEmpty()) {
      return new Recognised.Unknown();
    }
    var program = known.get().program();
    var standing = program.at(now);
    if (standing != Program.Standing.ACTIVE) {
      return new Recognised.Over(program, standing);
    }
    return known.get().until().filter(end -> !now.isBefore(end)).isPresent()
        ? new Recognised.Replaced(program)
        : new Recognised.As(program);
  }

  /** Whether the current body's term of use covers today. */
  @Transactional(readOnly = true)
  public boolean mayBeUsed() {
    return organisations.isUsable();
  }

  /** Counts a call; after how long it may come again, if it came too often. */
  public Optional<Duration> tooOften(Program program, String from) {
    var now = clock.instant();
    var count = store.count(program.id(), from, now);
    return count.calls() > settings.callsPerMinute()
        ? Optional.of(Duration.between(now, count.windowEnds()))
        : Optional.empty();
  }

  private ProgramKey nextKey() {
    return ProgramKey.next(organisations.current().code(), random);
  }

  private Program locked(UUID id) {
    return store.lock(id).orElseThrow(() -> new NotFound("program " + id));
  }

  private static Map<String, String> facts(Program program) {
    return Map.of(
        "responsible", program.responsible().toString(),
        "section", program.section() == null ? "" : program.section().toString(),
        "handles", String.valueOf(program.handles()),
        "ranges",
            program.ranges().stream().map(AddressRange::text).collect(Collectors.joining(" ")),
        "expiresAt", program.expiresAt().map(Instant::toString).orElse(""));
  }

  private void record(
      Actor by, String action, Program program, String clientIp, Map<String, String> more) {
    var details = new HashMap<>(more);
    details.put("program", program.id().toString());
    details.put("name", program.name());
    audit.record(by, action, null, clientIp, details);
  }
}

package jp.musubi.shelf;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.Holding;
import jp.musubi.platform.InquiryLimit;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.platform.Unavailable;
import jp.musubi.platform.secrets.AppCodes;
import jp.musubi.platform.secrets.AppSecret;
import jp.musubi.platform.secrets.MailedSecrets;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 控えの持ち主. How somebody comes to a shelf: by a mailed link that opens once, and the app that was
 * registered. Holders belong to no body; what is kept of them lies with the operators.
 */
@Service
class Holders {
  /** A mailed link that was not used. */
  static final Duration LINK_LIFE = Duration.ofMinutes(30);

  /** A session, from its link on. */
  static final Duration SESSION_LIFE = Duration.ofHours(1);

  /** A registration that nobody uses; as long as those of single bodies (ADR 0061). */
  private static final Duration REGISTRATION_LIFE = Duration.ofDays(730);

  static final int LETTERS_A_DAY = 3;
  static final int MOST_TRIES = 8;
  private static final int MOST_OF_NETWORK = 10;
  private static final int MOST_OF_ALL = 5_000;
  private static final int TOKEN_BYTES = 32;

  private final HolderStore store;
  private final Shelf shelf;
  private final Evidence evidence;
  private final HolderLinks links;
  private final HolderLetters letters;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final InquiryLimit limit;
  private final TransactionOperations transaction;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Holders(
      HolderStore store,
      Shelf shelf,
      Evidence evidence,
      HolderLinks links,
      HolderLetters letters,
      Organisations organisations,
      AuditTrail audit,
      JdbcClient jdbc,
      TransactionOperations transaction,
      Clock clock) {
    this.store = store;
    this.shelf = shelf;
    this.evidence = evidence;
    this.links = links;
    this.letters = letters;
    this.organisations = organisations;
    this.audit = audit;
    this.limit =
        new InquiryLimit(jdbc, InquiryLimit.Counts.SHELF_INQUIRY, MOST_OF_NETWORK, MOST_OF_ALL);
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * Somebody asks for a letter. Whether one is written is told to nobody: only whether there were
   * too many questions from there.
   */
  boolean ask(HolderAddress address, String clientIp) {
    var now = clock.instant();
    var digest = address.digest();
    return Holding.in(
        digest,
        () ->
            among(() -> {
              if (!limit.admits(clientIp, now)) {
                return false;
              }
              store.hold(digest);
              if (store.lettersTo(digest, now) < LETTERS_A_DAY) {
                var link = UUID.randomUUID();
                store.insert(link, digest, links.hashOf(link), now, now.plus(LINK_LIFE));
                if (!shelf.isEmpty(digest, now)) {
                  letters.link(address, link, now.plus(LINK_LIFE));
                }
              }
              return true;
            }));
  }

  /** Whether a mailed address would open something. Changes nothing. */
  boolean opens(UUID link, String secret) {
    return among(() -> found(link, secret).isPresent());
  }

  /** Uses a link up; what the session's cookie says, if it opened. */
  Optional<String> enter(UUID link, String secret) {
    var now = clock.instant();
    return among(() -> {
      var found = found(link, secret).filter(each -> store.use(each.id(), now));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      var bytes = new byte[TOKEN_BYTES];
      random.nextBytes(bytes);
      var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      store.begin(
          UUID.randomUUID(),
          found.get().address(),
          MailedSecrets.hashOf(token),
          now,
          now.plus(SESSION_LIFE));
      return Optional.of(token);
    });
  }

  /** How far the session of a cookie has come. */
  Standing standing(String token) {
    var now = clock.instant();
    return among(() ->
        store
            .session(MailedSecrets.hashOf(token), now)
            .filter(session -> session.tries() < MOST_TRIES)
            .<Standing>map(session -> standing(session, now))
            .orElseGet(Standing.Outside::new));
  }

  private Standing standing(HolderStore.Session session, Instant now) {
    var holder = store.holder(session.address(), now);
    if (holder.isPresent() && session.holder().equals(holder.map(HolderStore.Holder::id))) {
      return new Standing.Open(
          new Opened(session.id(), holder.get().id(), session.address(), holder.get().reach()));
    }
    if (session.proven().isPresent()) {
      return new Standing.AppOffered(session);
    }
    return holder.isPresent() ? new Standing.CodeWanted(session) : new Standing.FileWanted(session);
  }

  /** What became of a file that was shown. */
  enum Shown {
    /** It is none of the holder's files. */
    UNKNOWN,
    /** It is, and is worth less than what is registered, so that it cannot take its place. */
    TOO_LITTLE,
    /** An app is offered. */
    OFFERED
  }

  /** Somebody without an app, or without it any more, shows a file of one of the contracts. */
  Shown show(HolderStore.Session session, Sha256 file) {
    var reach = evidence.of(session.address(), file);
    var now = clock.instant();
    return among(() -> {
      store.lock(session.id());
      if (reach.isEmpty()) {
        store.failed(session.id());
        return Shown.UNKNOWN;
      }
      if (store
          .holder(session.address(), now)
          .filter(holder -> holder.reach().compareTo(reach.get()) > 0)
          .isPresent()) {
        return Shown.TOO_LITTLE;
      }
      var secret = new byte[AppCodes.SECRET_BYTES];
      random.nextBytes(secret);
      store.proven(session.id(), reach.get(), secret);
      return Shown.OFFERED;
    });
  }

  /** A holder shows a file that may open more; whether everything is open now. */
  boolean widen(Opened opened, Sha256 file, String clientIp) {
    var reach = evidence.of(opened.address(), file);
    return among(() -> {
      if (reach.isEmpty() || reach.get() == Reach.MAILBOX) {
        store.failed(opened.session());
        return false;
      }
      store.widen(opened.holder(), reach.get());
      record(opened.address(), "shelf.widened", clientIp);
      return true;
    });
  }

  /** The secret of the app that waits for its first code. */
  Optional<AppSecret> offeredApp(HolderStore.Session session) {
    return among(() -> store.offeredApp(session.id()));
  }

  /** Registers the app that waits, if the code is of it; what was registered before is gone. */
  boolean register(HolderStore.Session session, String code, String clientIp) {
    var now = clock.instant();
    var address = evidence.addressOf(session.address());
    return among(() -> {
      store.hold(session.address());
      store.lock(session.id());
      var app = store.offeredApp(session.id());
      var step =
          app.isEmpty()
              ? OptionalLong.empty()
              : AppCodes.step(app.get().bytes(), plain(code), 0, now);
      if (step.isEmpty()) {
        store.failed(session.id());
        return false;
      }
      var holder = UUID.randomUUID();
      store.register(
          holder,
          session.address(),
          session.proven().orElseThrow(),
          app.orElseThrow().bytes(),
          step.getAsLong(),
          now,
          now.plus(REGISTRATION_LIFE));
      store.open(session.id(), holder);
      record(session.address(), "shelf.registered", clientIp);
      address.ifPresent(to -> letters.registered(to, holder, now));
      return true;
    });
  }

  /** Opens the shelf, if the code is of the registered app and was not taken before. */
  boolean open(HolderStore.Session session, String code, String clientIp) {
    var now = clock.instant();
    return among(() -> {
      store.lock(session.id());
      var holder = store.holder(session.address(), now);
      var app = holder.flatMap(found -> store.lockApp(found.id()));
      var step =
          app.isEmpty()
              ? OptionalLong.empty()
              : AppCodes.step(app.get().secret().bytes(), plain(code), app.get().taken(), now);
      if (step.isEmpty()) {
        store.failed(session.id());
        return false;
      }
      store.shown(holder.orElseThrow().id(), step.getAsLong(), now.plus(REGISTRATION_LIFE));
      store.open(session.id(), holder.orElseThrow().id());
      record(session.address(), "shelf.opened", clientIp);
      return true;
    });
  }

  /** 登録を消す: the app and every session it has opened are forgotten. */
  void forget(Opened opened, String clientIp) {
    var address = evidence.addressOf(opened.address());
    among(() -> {
      store.hold(opened.address());
      store.forget(opened.address());
      store.end(opened.session());
      record(opened.address(), "shelf.forgotten", clientIp);
      address.ifPresent(to -> letters.forgotten(to, opened.holder()));
      return true;
    });
  }

  /** 閉じる. */
  void leave(UUID session) {
    among(() -> {
      store.end(session);
      return true;
    });
  }

  /** Whose address it is; for the app's own list. */
  String nameOf(HolderStore.Session session) {
    return evidence.addressOf(session.address()).map(found -> found.mail().value()).orElse("");
  }

  private Optional<HolderStore.Link> found(UUID link, String secret) {
    return store
        .link(link, clock.instant())
        .filter(each -> MailedSecrets.matches(secret, each.secretHash()))
        .filter(HolderStore.Link::alive);
  }

  private void record(Sha256 address, String action, @Nullable String clientIp) {
    // The address in the chain could never be taken out again.
    audit.record(
        new Actor(Actor.Kind.COUNTERPARTY, address.shortHex(), "契約の控え"),
        action,
        null,
        clientIp,
        Map.of("address", address.shortHex()));
  }

  private static String plain(String code) {
    return Normalizer.normalize(code, Normalizer.Form.NFKC).replaceAll("[^0-9]", "");
  }

  /** One transaction among the rows of the operators. */
  private <T> T among(Supplier<T> work) {
    return Tenancy.in(
        operators(), () -> Objects.requireNonNull(transaction.execute(_ -> work.get())));
  }

  private TenantId operators() {
    return organisations.bodies().stream()
        .filter(Body::isOperators)
        .map(Body::id)
        .findFirst()
        .orElseThrow(() ->
            new Unavailable(
                "shelf",
                Duration.ofMinutes(5),
                new IllegalStateException("there are no operators")));
  }
}

package jp.musubi.seal.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.security.auth.login.FailedLoginException;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.Sha256;

/**
 * Being logged in to a hardware module. A session that is lost, because the token was pulled or the
 * module restarted, is opened anew, once, within the deadline of the call that found it lost.
 *
 * @param <E> what is held on the token while logged in
 */
final class Pkcs11Session<E> implements AutoCloseable {
  /** Calls that may hang in the module before further ones are turned away. */
  private static final int THREADS = 4;

  private static final int WAITING = 64;
  private static final AtomicLong LOGINS = new AtomicLong();

  /** Finds what is wanted on an opened token. */
  @FunctionalInterface
  interface Opening<E> {
    E open(KeyStore store, char[] pin, Provider provider) throws GeneralSecurityException;
  }

  /** Whether what a new login found is what the first one found; throws if not. */
  @FunctionalInterface
  interface Sameness<E> {
    void insist(E first, E next) throws GeneralSecurityException;
  }

  /** Does something with what is held. */
  @FunctionalInterface
  interface Use<E, R> {
    R with(E held) throws GeneralSecurityException;
  }

  /**
   * What a login gave.
   *
   * @param login counts logins, so that two callers do not both renew one session
   */
  private record Login<E>(long login, E held) {}

  private final Pkcs11Token token;
  private final Supplier<char[]> pin;
  private final Opening<E> opening;
  private final Sameness<E> sameness;
  private final E first;

  /** A call into the module cannot be interrupted, so it must not be the caller's own thread. */
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("seal-key-", 0).factory());

  private volatile Login<E> current;

  /** What the token called a wrong PIN; trying it over and over would lock the token. */
  private Optional<Sha256> wrongPin = Optional.empty();

  /**
   * Logs in.
   *
   * @param pin asked at each login; the array is overwritten afterwards
   * @throws KeyUnavailable when the token cannot be reached, or {@code opening} finds nothing fit
   */
  Pkcs11Session(Pkcs11Token token, Supplier<char[]> pin, Opening<E> opening, Sameness<E> sameness) {
    this.token = token;
    this.pin = pin;
    this.opening = opening;
    this.sameness = sameness;
    threads.allowCoreThreadTimeOut(true);
    this.current = login();
    this.first = current.held();
  }

  /** What the first login found. */
  E first() {
    return first;
  }

  /**
   * The result of a call into the module.
   *
   * @throws KeyUnavailable if it fails also after a new login, or takes longer than the deadline
   */
  <R> R call(Use<E, R> use) {
    try {
      return threads
          .submit(() -> useOrLogInAgain(use))
          .get(token.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new KeyUnavailable("the key did not answer within " + token.deadline(), e);
    } catch (RejectedExecutionException e) {
      throw new KeyUnavailable("the key's module hangs: too many calls wait for it", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KeyUnavailable why
          ? why
          : new KeyUnavailable("the key does not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyUnavailable("interrupted while the key was asked", e);
    }
  }

  private <R> R useOrLogInAgain(Use<E, R> use) {
    var before = current;
    try {
      return use.with(before.held());
    } catch (GeneralSecurityException | ProviderException lost) {
      try {
        return use.with(renewed(before).held());
      } catch (GeneralSecurityException | ProviderException | KeyUnavailable e) {
        e.addSuppressed(lost);
        throw new KeyUnavailable("the key does not answer, nor after a new login", e);
      }
    }
  }

  /** One login for all callers that found the session lost. */
  private synchronized Login<E> renewed(Login<E> before) throws GeneralSecurityException {
    if (current.login() == before.login()) {
      var next = login();
      sameness.insist(first, next.held());
      current = next;
    }
    return current;
  }

  private Login<E> login() {
    var base = Security.getProvider("SunPKCS11");
    if (base == null) {
      throw new KeyUnavailable("this Java has no SunPKCS11", null);
    }
    var secret = pin.get();
    var name = Sha256.of(new String(secret).getBytes(StandardCharsets.UTF_8));
    if (wrongPin.filter(name::equals).isPresent()) {
      throw new KeyUnavailable("the token has refused this PIN; it is not tried again", null);
    }
    try {
      // A provider of its own for each login: it would hold on to the sessions it has lost.
      var login = LOGINS.incrementAndGet();
      var provider = base.configure(token.configuration("musubi-seal-" + login));
      var store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, secret);
      return new Login<>(login, opening.open(store, secret, provider));
    } catch (GeneralSecurityException
        | IOException
        | ProviderException
        | InvalidParameterException e) {
      if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
          .anyMatch(FailedLoginException.class::isInstance)) {
        wrongPin = Optional.of(name);
      }
      throw new KeyUnavailable("the token behind %s cannot be opened".formatted(token.module()), e);
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  /** Calls under way are left to end by themselves. */
  @Override
  public void close() {
    threads.shutdown();
  }
}

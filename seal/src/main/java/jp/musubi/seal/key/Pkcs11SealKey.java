package jp.musubi.seal.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.ProviderException;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
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
import jp.musubi.seal.SealKey;
import jp.musubi.seal.Sha256;

/**
 * A key in a hardware module. A session that is lost, because the token was pulled or the module
 * restarted, is opened anew, once, within the deadline.
 */
public final class Pkcs11SealKey implements SealKey, AutoCloseable {
  /** Calls that may hang in the module before further ones are turned away. */
  private static final int THREADS = 4;

  private static final int WAITING = 64;
  private static final AtomicLong LOGINS = new AtomicLong();

  private final Pkcs11Token token;
  private final Supplier<char[]> pin;
  private final RsaPadding padding;
  private final List<X509Certificate> issuers;
  private final List<X509Certificate> chain;
  private final Algorithm algorithm;

  /** A call into the module cannot be interrupted, so it must not be the caller's own thread. */
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("seal-key-", 0).factory());

  private volatile Session session;

  /** What the token called a wrong PIN; trying it over and over would lock the token. */
  private Optional<Sha256> wrongPin = Optional.empty();

  /**
   * What a login gave.
   *
   * @param login counts logins, so that two callers do not both renew one session
   */
  private record Session(long login, Entry entry) {}

  /**
   * Logs in and sees whether key and certificate match.
   *
   * @param pin asked at each login; the array is overwritten afterwards
   * @param issuers certificates of authorities, for tokens that keep the leaf alone
   * @throws KeyUnavailable when the token cannot be reached, holds no such key, or the key is too
   *     weak or not its certificate's
   */
  public Pkcs11SealKey(
      Pkcs11Token token, Supplier<char[]> pin, RsaPadding padding, List<X509Certificate> issuers) {
    this.token = token;
    this.pin = pin;
    this.padding = padding;
    this.issuers = List.copyOf(issuers);
    threads.allowCoreThreadTimeOut(true);
    this.session = login();
    this.chain = session.entry().chain();
    this.algorithm = session.entry().algorithm();
  }

  @Override
  public List<X509Certificate> chain() {
    return chain;
  }

  @Override
  public String algorithm() {
    return algorithm.cmsName();
  }

  @Override
  public byte[] sign(byte[] toBeSigned) {
    try {
      return threads
          .submit(() -> signOrLogInAgain(toBeSigned))
          .get(token.deadline().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new KeyUnavailable("the key did not sign within " + token.deadline(), e);
    } catch (RejectedExecutionException e) {
      throw new KeyUnavailable("the key's module hangs: too many calls wait for it", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KeyUnavailable why
          ? why
          : new KeyUnavailable("the key does not sign", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyUnavailable("interrupted while the key was signing", e);
    }
  }

  private byte[] signOrLogInAgain(byte[] toBeSigned) {
    var before = session;
    try {
      return before.entry().sign(toBeSigned);
    } catch (GeneralSecurityException | ProviderException lost) {
      try {
        return renewed(before).entry().sign(toBeSigned);
      } catch (GeneralSecurityException | ProviderException | KeyUnavailable e) {
        e.addSuppressed(lost);
        throw new KeyUnavailable("the key does not sign, nor after a new login", e);
      }
    }
  }

  /** One login for all callers that found the session lost. */
  private synchronized Session renewed(Session before) {
    if (session.login() == before.login()) {
      var next = login();
      if (!next.entry().chain().getFirst().equals(chain.getFirst())) {
        throw new KeyUnavailable("the token holds another certificate than at the start", null);
      }
      session = next;
    }
    return session;
  }

  private Session login() {
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
      return new Session(
          login, Entry.of(store, token.label(), secret, padding, issuers, Optional.of(provider)));
    } catch (GeneralSecurityException
        | IOException
        | ProviderException
        | java.security.InvalidParameterException e) {
      if (Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
          .anyMatch(FailedLoginException.class::isInstance)) {
        wrongPin = Optional.of(name);
      }
      throw new KeyUnavailable("the token behind %s cannot be opened".formatted(token.module()), e);
    } finally {
      java.util.Arrays.fill(secret, '\0');
    }
  }

  /** Calls under way are left to end by themselves. */
  @Override
  public void close() {
    threads.shutdown();
  }
}

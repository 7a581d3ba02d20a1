package jp.musubi.seal.key;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.security.auth.login.FailedLoginException;
import jp.musubi.seal.KeyUnavailable;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Being logged in to a hardware module, in a process of its own. A session that is lost, because
 * the token was pulled, the module restarted or hung, is opened anew by a new process, once, within
 * the deadline of the call that found it lost.
 *
 * @param <E> what is held on the token while logged in
 */
final class Pkcs11Session<E> implements AutoCloseable {
  /** After a process that could not log in, so long until the next: jobs ask often. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** Makes of an opened token what is wanted of it. */
  @FunctionalInterface
  interface Opening<E> {
    E open(Module module, Message found) throws GeneralSecurityException;
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

  /** The way to the process that is logged in, for as long as the call may take. */
  @FunctionalInterface
  interface Module {
    Message ask(Message question) throws GeneralSecurityException;
  }

  private record Login<E>(ModuleProcess process, E held) {}

  private final Path jar;
  private final Pkcs11Token token;
  private final Supplier<char[]> pin;
  private final Message.Word word;
  private final Opening<E> opening;
  private final Sameness<E> sameness;
  private final E first;

  /** Who has it uses what is below; a process answers one question after the other. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private @Nullable Login<E> current;
  private long until;
  private long notBefore = System.nanoTime();

  /** What the token called a wrong PIN; trying it over and over would lock the token. */
  private Optional<Sha256> wrongPin = Optional.empty();

  /**
   * Logs in.
   *
   * @param jar an executable jar that runs {@link ModuleMain} when told {@code key}
   * @param pin asked at each login; the array is overwritten afterwards
   * @param word by which it is opened
   * @throws KeyUnavailable when the token cannot be reached, or {@code opening} finds nothing fit
   */
  Pkcs11Session(
      Path jar,
      Pkcs11Token token,
      Supplier<char[]> pin,
      Message.Word word,
      Opening<E> opening,
      Sameness<E> sameness) {
    this.jar = jar;
    this.token = token;
    this.pin = pin;
    this.word = word;
    this.opening = opening;
    this.sameness = sameness;
    this.until = deadline();
    var login = login();
    this.current = login;
    this.first = login.held();
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
    var end = deadline();
    try {
      if (!turn.tryLock(token.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new KeyUnavailable("too many calls wait for the key's module", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KeyUnavailable("interrupted while the key was asked", e);
    }
    try {
      until = end;
      return useOrLogInAgain(use);
    } finally {
      turn.unlock();
    }
  }

  private <R> R useOrLogInAgain(Use<E, R> use) {
    GeneralSecurityException lost = null;
    var before = current;
    if (before != null) {
      try {
        return use.with(before.held());
      } catch (GeneralSecurityException e) {
        lost = e;
        current = null;
        before.process().close();
      }
    }
    try {
      var next = login();
      current = next;
      sameness.insist(first, next.held());
      return use.with(next.held());
    } catch (GeneralSecurityException | KeyUnavailable e) {
      end();
      if (lost != null) {
        e.addSuppressed(lost);
      }
      throw new KeyUnavailable("the key does not answer, nor after a new login", e);
    }
  }

  private Login<E> login() {
    if (System.nanoTime() - notBefore < 0) {
      throw new KeyUnavailable("the key's module was tried a moment ago", null);
    }
    var secret = pin.get();
    var bytes = utf8(secret);
    var name = Sha256.of(bytes);
    ModuleProcess process = null;
    var done = false;
    try {
      if (wrongPin.filter(name::equals).isPresent()) {
        throw new KeyUnavailable("the token has refused this PIN; it is not tried again", null);
      }
      var started = ModuleProcess.start(jar);
      process = started;
      Module module = question -> started.ask(question, left());
      var found =
          module.ask(Message.of(word, utf8(token.configuration()), utf8(token.label()), bytes));
      var login = new Login<>(started, opening.open(module, found));
      done = true;
      return login;
    } catch (FailedLoginException e) {
      wrongPin = Optional.of(name);
      throw closed(e);
    } catch (GeneralSecurityException | IOException e) {
      throw closed(e);
    } finally {
      Arrays.fill(secret, '\0');
      Arrays.fill(bytes, (byte) 0);
      if (!done) {
        notBefore = System.nanoTime() + PAUSE.toNanos();
        if (process != null) {
          process.close();
        }
      }
    }
  }

  private KeyUnavailable closed(Exception e) {
    return new KeyUnavailable(
        "the token behind %s cannot be opened: %s".formatted(token.module(), e.getMessage()), e);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] utf8(char[] text) {
    var buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text));
    var bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    // What lies in the buffer is the PIN, too.
    buffer.rewind().put(new byte[bytes.length]);
    return bytes;
  }

  /** By no clock of the service: how long somebody waits. */
  private long deadline() {
    return System.nanoTime() + token.deadline().toNanos();
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(1, until - System.nanoTime()));
  }

  private void end() {
    var now = current;
    if (now != null) {
      current = null;
      now.process().close();
    }
  }

  /** The process that is logged in, for tests that stop or end it. */
  long pid() {
    var now = current;
    return now == null ? 0 : now.process().pid();
  }

  /** A call under way fails. */
  @Override
  public void close() {
    var now = current;
    if (now != null) {
      now.process().close();
    }
  }
}

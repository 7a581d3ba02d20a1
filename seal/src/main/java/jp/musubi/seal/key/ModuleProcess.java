package jp.musubi.seal.key;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.security.auth.login.FailedLoginException;

/**
 * A process of our own with the module's library in it. Whatever the module does, hang, crash or
 * refuse every further login, ends with the process. One caller at a time.
 */
final class ModuleProcess implements AutoCloseable {
  private final Process process;
  private final DataOutputStream questions;
  private final DataInputStream answers;

  private ModuleProcess(Process process) {
    this.process = process;
    this.questions = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(process.getInputStream());
  }

  /**
   * Starts one; it has not logged in.
   *
   * @param jar an executable jar that runs {@link ModuleMain} when told {@code key}
   */
  static ModuleProcess start(Path jar) throws IOException {
    // The environment is ours: modules are told by it where their own configuration lies. The PIN
    // is not in it, and not on the command line, where others could read it.
    return new ModuleProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ActiveProcessorCount=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-jar",
                jar.toString(),
                "key")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /**
   * Asks, and waits for the answer; a process that gives none in time is ended.
   *
   * @return a word that says that it was done, or that the tag is bad
   * @throws FailedLoginException when the token calls the PIN wrong
   * @throws GeneralSecurityException when it was not done
   */
  Message ask(Message question, Duration most) throws GeneralSecurityException {
    var late = new CompletableFuture<Boolean>();
    var _ =
        late.completeOnTimeout(true, most.toMillis(), TimeUnit.MILLISECONDS)
            .thenAccept(isLate -> {
              if (isLate) {
                process.destroyForcibly();
              }
            });
    try {
      question.write(questions);
      var answer = Message.read(answers);
      return switch (answer.word()) {
        case DONE, BAD_TAG -> answer;
        case WRONG_PIN -> throw new FailedLoginException(said(answer));
        default -> throw new GeneralSecurityException(said(answer));
      };
    } catch (IOException e) {
      close();
      throw new GeneralSecurityException(
          late.getNow(false)
              ? "the module did not answer within " + most
              : "the module's process ended",
          e);
    } finally {
      late.complete(false);
    }
  }

  private static String said(Message answer) {
    return new String(answer.part(0), StandardCharsets.UTF_8);
  }

  /** For tests that stop or end one. */
  long pid() {
    return process.pid();
  }

  /** Ends it at once, with whatever it is doing. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}

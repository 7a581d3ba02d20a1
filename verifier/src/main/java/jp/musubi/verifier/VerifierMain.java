package jp.musubi.verifier;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import jp.musubi.seal.isolation.WorkerMain;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.seal.key.ModuleMain;

/**
 * The command {@code verify} and {@code inspect}. Exit: 0 all valid or acceptable, 1 any invalid or
 * rejected, 2 usage or unreadable file, 3 some file cannot be judged.
 */
public final class VerifierMain {
  private VerifierMain() {}

  /**
   * Runs and exits; told {@code worker}, it is a process of {@link Workers} and runs on, told
   * {@code key}, it is the one into which a key's module is loaded.
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 1 && args[0].equals("worker")) {
      WorkerMain.main(args);
    }
    if (args.length == 1 && args[0].equals("key")) {
      ModuleMain.main(args);
    }
    var out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(run(args, Clock.systemUTC().instant(), out, err));
  }

  /** The exit code; {@code now} is the time of judgement unless {@code --at} names another. */
  static int run(String[] args, Instant now, PrintStream out, PrintStream err) {
    try {
      var request = Request.parse(args, now);
      return switch (request) {
        case Request.Verify verify -> new VerifyCommand(out, err).run(verify);
        case Request.Inspect inspect -> new InspectCommand(out, err).run(inspect);
      };
    } catch (Request.Unusable unusable) {
      err.println(unusable.getMessage());
      return 2;
    }
  }
}

package jp.musubi.seal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.remote.HttpRevocationSource;
import jp.musubi.seal.remote.HttpTimestampAuthority;
import jp.musubi.testkit.PkiServer;
import jp.musubi.testkit.TestPki;

/**
 * One step by a process of its own: reads a phase, takes its next step, writes the phase that comes
 * out. The document is written where {@code target} is given and the phase can be written.
 */
public final class PhaseStep {
  private PhaseStep() {}

  /** Arguments: the hierarchy's folder, the phase's file, the document, the target or "-". */
  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    var pki = TestPki.open(directory, TestPki.baseUrlOf(directory).orElseThrow(), Sealery.CLOCK);
    var engine =
        new SealEngine(
            Sealery.key(pki.sealKey(), pki.sealPath()),
            new HttpTimestampAuthority(
                pki.tsaUrl(),
                List.of(PkiServer.TSA_POLICY),
                pki.trustAnchors(),
                Sealery.CLOCK,
                Sealery.DEADLINE),
            new HttpRevocationSource(Set.of("127.0.0.1"), Sealery.CLOCK, Sealery.DEADLINE),
            pki.sealPath());
    var at = Path.of(arguments[1]);
    var next =
        step(Phase.decode(Files.readString(at)), Path.of(arguments[2]), arguments[3], engine);
    Files.writeString(at, next.encode());
  }

  private static Phase step(Phase phase, Path file, String target, SealEngine engine) {
    var next =
        switch (phase) {
          case Inspected p -> p.prepare(file, Path.of(target), Sealery.FIELDS);
          case Prepared p -> p.layOut(file, Sealery.request(1), engine);
          case ToBeSigned p -> p.sign(engine);
          case Sealed p -> p.timestamp(file, engine);
          case Timestamped p -> p.preserve(file, engine);
          case Preserved p -> p.archive(file, engine);
          case Archived p -> p.renew(file, engine);
          case Renewed p -> p.renew(file, engine);
        };
    if (target.equals("-")) {
      return next;
    }
    return switch (next) {
      case Timestamped p -> p.write(file, Path.of(target));
      case Preserved p -> p.write(file, Path.of(target));
      case Archived p -> p.write(file, Path.of(target));
      case Renewed p -> p.write(file, Path.of(target));
      case Inspected _, Prepared _, ToBeSigned _, Sealed _ -> next;
    };
  }
}

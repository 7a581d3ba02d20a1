package jp.musubi.sealing;

import com.github.kagkarlsson.scheduler.task.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Mandates;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.Certificate;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.FaultPoints;
import jp.musubi.platform.PeopleFirst;
import jp.musubi.seal.Revocation;
import jp.musubi.seal.RevocationSource;
import jp.musubi.seal.SealKey;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.seal.TimestampToken;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 模擬の封緘. The real saga over a seal that costs nothing: a line at the end of the file, for which
 * key, timestamp authority and revocation service are called as for a real one.
 */
public final class SimulatedSealing {
  private static final String SEAL = "%% seal ";

  private SimulatedSealing() {}

  /**
   * The job of sealing, on a node that has just started.
   *
   * @param fenced whether a node that was taken over is kept from recording its seal
   */
  public static Task<Void> task(
      ApplicationContext context, TimestampAuthority authority, boolean fenced) {
    var faults = context.getBean(FaultPoints.class);
    var clock = context.getBean(Clock.class);
    var sealer =
        new Line(
            faults.around(SealKey.class, new Key()),
            faults.around(TimestampAuthority.class, authority),
            faults.around(
                RevocationSource.class,
                (_, _, _) -> new Revocation(Revocation.Kind.OCSP, new byte[1], List.of())),
            clock);
    return new SealingConfiguration()
        .sealTask(
            saga(
                context,
                fenced
                    ? context.getBean(Claims.class)
                    : new UnfencedClaims(context.getBean(JdbcClient.class)),
                sealer,
                clock),
            context.getBean(PeopleFirst.class),
            clock);
  }

  private static SealingSaga saga(
      ApplicationContext context, Claims claims, Sealer sealer, Clock clock) {
    return new SealingSaga(
        context.getBean(Contracts.class),
        context.getBean(Attachments.class),
        List.copyOf(context.getBeansOfType(Inscription.class).values()),
        context.getBean(Mandates.class),
        context.getBean(Organisations.class),
        claims,
        context.getBean(FaultPoints.class).around(Vault.class, context.getBean(Vault.class)),
        sealer,
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class)),
        clock);
  }

  /** An authority that tells the world's time. */
  public static TimestampAuthority authority(Clock clock) {
    return imprint ->
        new TimestampToken(
            imprint, clock.instant(), new BigInteger(1, imprint).shiftRight(128), List.of());
  }

  /** The trust anchors of a file. */
  public static List<X509Certificate> certificates(Path pem) {
    return SealPorts.certificates(pem);
  }

  /** The agreements whose seals a file carries, in their order. */
  public static List<String> seals(Path file) {
    try {
      var found = new ArrayList<String>();
      for (var line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
        if (line.startsWith(SEAL)) {
          found.add(line.substring(SEAL.length()));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Key implements SealKey {
    @Override
    public List<X509Certificate> chain() {
      return List.of();
    }

    @Override
    public String algorithm() {
      return "none";
    }

    @Override
    public byte[] sign(byte[] toBeSigned) {
      return Sha256.of(toBeSigned).hex().getBytes(StandardCharsets.US_ASCII);
    }
  }

  private record Line(
      SealKey key, TimestampAuthority authority, RevocationSource revocations, Clock clock)
      implements Sealer {
    @Override
    public String certificateSerial() {
      return "51";
    }

    @Override
    public URI originalCheck(String bodyCode, Particulars contract) {
      return URI.create("https://keiyaku.musubi.example/check");
    }

    @Override
    public boolean isTrial() {
      return true;
    }

    @Override
    public Seal seal(
        Path source, Path target, Agreement agreement, Particulars contract, List<String> fields) {
      key.sign(digest(source));
      var token = authority.timestamp(digest(source));
      append(source, target, SEAL + agreement.id());
      if (seals(target).size() != fields.size()) {
        throw new NotValid(
            "%d seals (expected: %d)".formatted(seals(target).size(), fields.size()));
      }
      return new Seal(token.time(), certificateSerial(), token.serial().toString(16));
    }

    @Override
    @SuppressWarnings("NullAway") // Whose revocation it is does not matter here.
    public String archive(Path source, Path target, List<String> fields) {
      revocations.revocationOf(null, null, clock.instant());
      var token = authority.timestamp(digest(source));
      append(source, target, "%% archived");
      return token.serial().toString(16);
    }

    @Override
    public void certify(Certificate facts, Path target, Particulars contract) {
      try {
        Files.writeString(target, "%PDF-1.7\n%% certificate " + facts);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      key.sign(digest(target));
      authority.timestamp(digest(target));
    }

    private static byte[] digest(Path file) {
      try {
        return java.util.HexFormat.of().parseHex(Sha256.of(Files.readAllBytes(file)).hex());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void append(Path source, Path target, String line) {
      try {
        Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(target, "\n" + line, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

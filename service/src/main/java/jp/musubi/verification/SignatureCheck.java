package jp.musubi.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.musubi.malware.MalwareScans;
import jp.musubi.malware.Verdict;
import jp.musubi.organisation.Body;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.InquiryLimit;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.isolation.WorkerLost;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.seal.isolation.WorkersUnavailable;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.vault.Vault;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.multipart.MultipartFile;

/**
 * 署名の検証, of any PDF, for anybody. The file is scanned, judged in a process of its own that nobody
 * else's upload waits for, and gone when the answer is there.
 */
class SignatureCheck {
  private static final int MOST_OF_NETWORK = 30;
  private static final int MOST_OF_ALL = 5_000;
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Workers workers;
  private final Set<X509Certificate> anchors;
  private final MalwareScans scans;
  private final Organisations organisations;
  private final InquiryLimit limit;
  private final Vault vault;
  private final TransactionTemplate transaction;
  private final Clock clock;

  SignatureCheck(
      Workers workers,
      Set<X509Certificate> anchors,
      MalwareScans scans,
      Organisations organisations,
      Vault vault,
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Clock clock) {
    this.workers = workers;
    this.anchors = Set.copyOf(anchors);
    this.scans = scans;
    this.organisations = organisations;
    this.limit =
        new InquiryLimit(jdbc, InquiryLimit.Counts.FILE_INQUIRY, MOST_OF_NETWORK, MOST_OF_ALL);
    this.vault = vault;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What a file is answered. */
  sealed interface Answer {
    /** It was judged, by the time {@code at}. */
    record Judged(ValidationReport report, Instant at) implements Answer {}

    /** It is no PDF. */
    record NoPdf() implements Answer {}

    /** The scanner found something; it was not opened. */
    record Infected() implements Answer {}

    /** Judging it took more than anybody gets. */
    record GivenUp() implements Answer {}

    /** Asked too often; nothing was looked at. */
    record TooMany() implements Answer {}
  }

  /**
   * Judges a file.
   *
   * @throws Unavailable if nothing can be judged now
   */
  Answer ask(MultipartFile upload, String clientIp) {
    // Whoever asks belongs to no body: it is counted and scanned on the operators' account.
    var operators =
        organisations.bodies().stream()
            .filter(Body::isOperators)
            .findFirst()
            .orElseThrow(() -> unavailable(new IllegalStateException("there are no operators")));
    return Tenancy.in(
        operators.id(),
        () -> {
          var now = clock.instant();
          if (!Boolean.TRUE.equals(transaction.execute(_ -> limit.admits(clientIp, now)))) {
            return new Answer.TooMany();
          }
          return look(upload, now);
        });
  }

  /**
   * Judges a file that the current body keeps.
   *
   * @throws Unavailable if nothing can be judged now
   */
  ValidationReport of(Sha256 stored, Instant now) {
    return transaction.execute(_ -> vault.with(stored, file -> judge(file, now)))
            instanceof Answer.Judged(var report, _)
        ? report
        : unjudged();
  }

  /**
   * Judges a file that was scanned already; empty where it is no PDF or took too much.
   *
   * @throws Unavailable if nothing can be judged now
   */
  Optional<ValidationReport> of(Path scanned, Instant now) {
    return judge(scanned, now) instanceof Answer.Judged(var report, _)
        ? Optional.of(report)
        : Optional.empty();
  }

  private static ValidationReport unjudged() {
    throw unavailable(new IllegalStateException("a stored file could not be judged"));
  }

  private Answer look(MultipartFile upload, Instant now) {
    try {
      var file = Files.createTempFile("musubi-signature-check", ".pdf");
      try {
        upload.transferTo(file);
        return scans.scan(file).verdict() instanceof Verdict.Infected
            ? new Answer.Infected()
            : judge(file, now);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer judge(Path file, Instant now) {
    try {
      return new Answer.Judged(workers.validate(file, new ValidationPolicy(anchors, now)), now);
    } catch (IOException notReadable) {
      return new Answer.NoPdf();
    } catch (WorkerLost lost) {
      return new Answer.GivenUp();
    } catch (WorkersUnavailable e) {
      throw unavailable(e);
    }
  }

  private static Unavailable unavailable(Exception e) {
    return new Unavailable("judging of signatures", SOON, e);
  }
}

package jp.musubi.verification;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.platform.web.Book;
import jp.musubi.seal.validation.ValidationReport;
import org.springframework.stereotype.Component;

/**
 * 署名の判定, for other features: what the signatures of a file are worth that came from elsewhere,
 * judged apart, as for everybody who asks.
 */
@Component
public class Judgements {
  private final SignatureCheck check;
  private final Book book;

  Judgements(SignatureCheck check, Book book) {
    this.check = check;
    this.book = book;
  }

  /**
   * Judges a file that the scanner has let through; nothing is kept of it.
   *
   * @return empty where it is no PDF, or judging it took more than any file gets
   * @throws jp.musubi.platform.Unavailable if nothing can be judged now
   */
  public Optional<ValidationReport> of(Path file, Instant now) {
    return check.of(file, now);
  }

  /** A report in the words of the page for everybody. */
  public SignatureSheet sheet(ValidationReport report, Instant at) {
    return SignatureSheet.of(report, at, Locale.JAPANESE, book);
  }
}

package jp.musubi.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import jp.musubi.contract.DocumentPages;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.ReferenceCopy;
import jp.musubi.evidence.ReferenceCopyPdf;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Entrances;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ValidationReport;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** 参照用の写し: makes one of a stored file that was concluded. Nothing of it is kept. */
@Component
class ReferenceCopies {
  /** More pages than that take longer than a browser waits. */
  static final int MOST_PAGES = 100;

  private final SignatureCheck signatures;
  private final DocumentPages pages;
  private final Organisations organisations;
  private final Entrances entrances;
  private final Book book;
  private final Clock clock;
  private final boolean trial;

  ReferenceCopies(
      SignatureCheck signatures,
      DocumentPages pages,
      Organisations organisations,
      Entrances entrances,
      Book book,
      Clock clock,
      Environment environment) {
    this.signatures = signatures;
    this.pages = pages;
    this.organisations = organisations;
    this.entrances = entrances;
    this.book = book;
    this.clock = clock;
    this.trial = environment.getProperty("musubi.trial.enabled", Boolean.class, false);
  }

  /**
   * Whether one can be made: the contract is concluded, its file is still kept, and short enough.
   */
  static boolean canBeMade(Particulars contract) {
    return contract.finalFile().isPresent()
        && !contract.isDisposed()
        && contract.pages() <= MOST_PAGES;
  }

  /**
   * Makes one.
   *
   * @param file the contract's concluded file, or a later version of it
   * @throws NotFound if none can be made
   * @throws jp.musubi.platform.Unavailable if no process is free for it
   */
  byte[] of(Particulars contract, Sha256 file) {
    if (!canBeMade(contract)) {
      throw new NotFound("reference copy of contract " + contract.id());
    }
    var now = clock.instant();
    var body = organisations.current();
    var report = signatures.of(file, now);
    var copy =
        new ReferenceCopy(
            body.name(),
            contract.number(),
            contract.title(),
            contract.concludedAt().orElseThrow(),
            file,
            contract.pages(),
            book.shown("verify.sig." + report.verdict().code() + ".heading"),
            report.signatures().stream().map(this::line).toList(),
            now,
            URI.create(
                entrances
                    .internet()
                    .at(
                        "/verify?body=%s&number=%s"
                            .formatted(
                                body.code(),
                                URLEncoder.encode(contract.number(), StandardCharsets.UTF_8)))),
            trial);
    try {
      var target = Files.createTempFile("musubi-reference", ".pdf");
      try {
        ReferenceCopyPdf.write(copy, page -> pages.image(file, page), target);
        return Files.readAllBytes(target);
      } finally {
        Files.deleteIfExists(target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(ValidationReport.Signature signature) {
    return "%s　%s　%s　%s"
        .formatted(
            book.shown("verify.sig.indication." + signature.indication()),
            SignatureSheet.plain(signature.name()),
            signature
                .timestamp()
                .map(timestamp -> JapaneseDates.time(timestamp.time()))
                .orElseGet(() -> book.shown("verify.sig.none")),
            signature.level());
  }
}

package jp.musubi.mandate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import jp.musubi.contract.AttachmentName;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.platform.web.Book;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.inspection.FindingMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 委任状の受け入れ. Scanned and opened in a process of its own as every upload is, and kept byte for byte:
 * it is another's paper, perhaps with a signature of its own.
 */
@Component
class PaperIntake {
  /** A scanned sheet or two; not the 50 MB of a drawing. */
  static final long MOST_BYTES = 10L << 20;

  static final int MOST_PAGES = 50;

  private final ReceivedFiles received;
  private final Book book;

  PaperIntake(ReceivedFiles received, Book book) {
    this.received = received;
    this.book = book;
  }

  /** What is to be said of a file. */
  sealed interface Looked {
    /** It may be kept. */
    record Fit(String name, long bytes, int pages, Sha256 sha256) implements Looked {}

    /**
     * No 委任状 that we keep.
     *
     * @param why in words
     */
    record Unfit(String why) implements Looked {}
  }

  /**
   * Looks at it; nothing is stored.
   *
   * @throws jp.musubi.platform.Unavailable when it cannot be scanned or looked at now
   */
  Looked look(Path file, @Nullable String given) {
    var bytes = size(file);
    if (bytes > MOST_BYTES) {
      return new Looked.Unfit(book.of("mandate.unfit.large", String.valueOf(MOST_BYTES >> 20)));
    }
    var name = AttachmentName.of(given);
    return switch (received.look(file, name)) {
      case ReceivedFiles.Looked.Fit(var pages, _) ->
          pages < 1 || pages > MOST_PAGES
              ? new Looked.Unfit(book.of("mandate.unfit.pages", String.valueOf(MOST_PAGES)))
              : new Looked.Fit(name, bytes, pages, Sha256.of(file));
      case ReceivedFiles.Looked.Unfit(var reason) ->
          new Looked.Unfit(book.of("contract.files.wrong." + reason));
      case ReceivedFiles.Looked.Rejected(var findings) ->
          new Looked.Unfit(
              findings.stream()
                  .map(each -> FindingMessages.of(each, Locale.JAPAN))
                  .distinct()
                  .collect(Collectors.joining(" ")));
    };
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package jp.musubi.seal.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.seal.inspection.Action;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.inspection.InspectionLimits;
import jp.musubi.seal.inspection.Inspector;
import jp.musubi.seal.inspection.Rebuild;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.pages.PageImages;
import jp.musubi.seal.pages.PageText;

/**
 * What has to be true of any bytes at all: they are refused for a reason, or taken, written anew,
 * accepted again, and from then on stay as they are.
 */
final class Oracle {
  private static final int COMPARED_PAGES = 3;
  private static final int WIDTH = 200;

  private final Path target;
  private final Path again;

  private final Pictures pictures;

  /** How a page is drawn: a process of its own may do it. */
  interface Pictures {
    byte[] draw(Path pdf, int page, int width) throws IOException;
  }

  Oracle(Path folder, Pictures pictures) {
    this.pictures = pictures;
    this.target = folder.resolve("rebuilt.pdf");
    this.again = folder.resolve("again.pdf");
  }

  /** Why the outcome cannot be; empty when all is well. */
  Optional<String> judge(Path source, Rebuilt outcome) throws IOException {
    return switch (outcome) {
      case Rebuilt.Refused(var inspection) -> refused(inspection);
      case Rebuilt.Written(var sha256, var pages, _) -> written(source, sha256.hex(), pages);
    };
  }

  Path target() {
    return target;
  }

  private Optional<String> refused(Inspection inspection) {
    if (Files.exists(target)) {
      return Optional.of("refused, and yet written");
    }
    var reasons = inspection.findings().stream().filter(f -> f.action() == Action.REJECT).toList();
    return reasons.isEmpty() ? Optional.of("refused for no reason") : Optional.empty();
  }

  /**
   * The rebuild has compared pages and text itself (PDF-P17); here its result has to hold still.
   */
  private Optional<String> written(Path source, String sha256, int pages) throws IOException {
    try {
      var limits = InspectionLimits.standard();
      var inspection = Inspector.inspect(target, limits);
      if (!inspection.acceptable() || inspection.pages() != pages) {
        return Optional.of("written, and not accepted: " + inspection.findings());
      }
      if (!(Rebuild.rebuild(source, again, limits) instanceof Rebuilt.Written(var same, _, _))
          || !same.hex().equals(sha256)) {
        return Optional.of("the same file became two different ones");
      }
      // A wrong /Count is put right, and told; by it a reader of the source finds other pages.
      var comparable = PageImages.count(source) == pages;
      for (var page = 1; comparable && page <= Math.min(pages, COMPARED_PAGES); page++) {
        var lost = lost(PageText.extract(source, page), PageText.extract(target, page));
        if (!lost.isEmpty()) {
          return Optional.of("lost from page " + page + ": " + lost);
        }
      }
      return stays(pages, limits);
    } finally {
      Files.deleteIfExists(target);
      Files.deleteIfExists(again);
    }
  }

  /** Written anew once more, it looks the same to the pixel. */
  private Optional<String> stays(int pages, InspectionLimits limits) throws IOException {
    if (!(Rebuild.rebuild(target, again, limits) instanceof Rebuilt.Written)) {
      return Optional.of("what was written cannot be written anew");
    }
    for (var page = 1; page <= Math.min(pages, COMPARED_PAGES); page++) {
      if (!Arrays.equals(pictures.draw(target, page, WIDTH), pictures.draw(again, page, WIDTH))) {
        return Optional.of("page " + page + " looks different once more written");
      }
    }
    return Optional.empty();
  }

  /**
   * Characters of the one that the other has fewer of. Controls are no characters: they are what
   * reading makes of codes that a damaged font gives no meaning.
   */
  private static String lost(String before, String after) {
    var rest = new StringBuilder(after);
    return before
        .codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isISOControl(c))
        .mapToObj(Character::toString)
        .filter(character -> {
          var at = rest.indexOf(character);
          if (at >= 0) {
            rest.delete(at, at + character.length());
          }
          return at < 0;
        })
        .collect(Collectors.joining());
  }
}

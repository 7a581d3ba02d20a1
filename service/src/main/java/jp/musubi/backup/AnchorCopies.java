package jp.musubi.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The anchors of audit chains as they were at the moment that was restored. Later ones are true,
 * too, but of entries that did not come back.
 */
final class AnchorCopies {
  private AnchorCopies() {}

  /**
   * Copies the anchors that the chains reach.
   *
   * @return how many later ones stay behind
   */
  static int upTo(List<DatabaseState.Head> heads, Path from, Path to) throws IOException {
    Files.createDirectories(to);
    var later = 0;
    for (var head : heads) {
      var folder = from.resolve(head.tenant());
      if (!Files.isDirectory(folder)) {
        continue;
      }
      var copies = Files.createDirectories(to.resolve(head.tenant()));
      try (var files = Files.list(folder)) {
        for (var file : files.toList()) {
          var name = String.valueOf(file.getFileName());
          if (!name.matches("[0-9]{19}\\.[a-z]+")) {
            continue;
          }
          if (Long.parseLong(name.substring(0, 19)) <= head.seq()) {
            Files.copy(file, copies.resolve(name));
          } else {
            later++;
          }
        }
      }
    }
    return later;
  }
}

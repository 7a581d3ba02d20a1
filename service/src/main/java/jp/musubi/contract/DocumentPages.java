package jp.musubi.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * ページ. A stored document's pages as images and as text, made from exactly the bytes that are or
 * will be signed. Images are kept on disk for a while, by body, digest and page; the bytes behind a
 * digest never change, so a kept image is never stale.
 */
@Service
public class DocumentPages {
  private static final int WIDTH = 1240;
  private static final long MOST_BYTES = 512L << 20;

  private final Vault vault;
  private final Workers workers;
  private final Path folder;

  /** Kept images by use, the longest unused first, with their sizes in bytes. */
  private final Map<Path, Long> kept = new LinkedHashMap<>(16, 0.75f, true);

  private long keptBytes;

  DocumentPages(Vault vault, Workers workers) throws IOException {
    this.vault = vault;
    this.workers = workers;
    this.folder = Files.createTempDirectory("musubi-pages");
    folder.toFile().deleteOnExit();
  }

  /**
   * One page as a PNG, 1,240 pixels wide: an A4 page at 150 dpi.
   *
   * @param page from 1
   * @throws NotFound when the current body has no such document, or it no such page
   */
  @Transactional(readOnly = true)
  public byte[] image(Sha256 document, int page) {
    var name = folder.resolve("%s-%s-%d.png".formatted(Tenancy.required(), document, page));
    synchronized (kept) {
      if (kept.get(name) != null) {
        return read(name);
      }
    }
    var image = vault.with(document, file -> Apart.from(() -> workers.image(file, page, WIDTH)));
    keep(name, image);
    return image;
  }

  /**
   * One page as text; empty for a scanned page.
   *
   * @param page from 1
   * @throws NotFound when the current body has no such document, or it no such page
   */
  @Transactional(readOnly = true)
  public String text(Sha256 document, int page) {
    return vault.with(document, file -> Apart.from(() -> workers.text(file, page)));
  }

  private void keep(Path name, byte[] image) {
    synchronized (kept) {
      try {
        var partial = Files.createTempFile(folder, "new", ".png");
        Files.write(partial, image);
        Files.move(partial, name, StandardCopyOption.REPLACE_EXISTING);
        var before = kept.put(name, (long) image.length);
        keptBytes += image.length - (before == null ? 0 : before);
        var longestUnused = kept.entrySet().iterator();
        while (keptBytes > MOST_BYTES && longestUnused.hasNext()) {
          var entry = longestUnused.next();
          longestUnused.remove();
          keptBytes -= entry.getValue();
          Files.deleteIfExists(entry.getKey());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package jp.musubi.contract;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.isolation.WorkerLost;
import jp.musubi.seal.isolation.Workers;
import jp.musubi.seal.isolation.WorkersUnavailable;
import jp.musubi.seal.pages.PageText;
import jp.musubi.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * ページ. A stored document's pages as images and as text, made from exactly the bytes that are or
 * will be signed. Images are kept on disk for a while, by body, digest and page; the bytes behind a
 * digest never change, so a kept image is never stale. What is kept is encrypted with a key that
 * lives as long as this process and in its memory only. No transaction is open while a page is
 * drawn: the connections to the database are few, and counterparties ask for pages, too.
 */
@Service
public class DocumentPages {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentPages.class);
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int WIDTH = 1240;
  private static final long MOST_BYTES = 512L << 20;

  private final Vault vault;
  private final Workers workers;
  private final Path folder;

  /** Kept images by use, the longest unused first, with their sizes in bytes. */
  private final Map<Path, Long> kept = new LinkedHashMap<>(16, 0.75f, true);

  private long keptBytes;
  private final AesGcmJce encryption = forThisProcess();

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
  public byte[] image(Sha256 document, int page) {
    var name = folder.resolve("%s-%s-%d".formatted(Tenancy.required(), document, page));
    synchronized (kept) {
      if (kept.get(name) != null) {
        return open(name);
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
  public String text(Sha256 document, int page) {
    return vault.with(document, file -> Apart.from(() -> workers.text(file, page)));
  }

  /**
   * 本文: the text of all pages, within limits; empty where a process does not survive the file or it
   * is no PDF.
   *
   * @throws NotFound when the current body has no such document
   * @throws jp.musubi.platform.Unavailable when no process is free
   */
  @Transactional(readOnly = true)
  public Optional<PageText.Whole> wholeText(Sha256 document, int mostPages, int mostCharacters) {
    return vault.with(
        document,
        file -> {
          try {
            return Optional.of(workers.wholeText(file, mostPages, mostCharacters));
          } catch (IOException | WorkerLost unreadable) {
            LOG.warn("document {} has no text that can be read", document, unreadable);
            return Optional.empty();
          } catch (WorkersUnavailable e) {
            throw new Unavailable("reading of texts", SOON, e);
          }
        });
  }

  /** Drops what is kept here of a document whose bytes were erased. */
  public void forget(Sha256 document) {
    var of = "%s-%s-".formatted(Tenancy.required(), document);
    synchronized (kept) {
      var all = kept.entrySet().iterator();
      while (all.hasNext()) {
        var entry = all.next();
        if (String.valueOf(entry.getKey().getFileName()).startsWith(of)) {
          all.remove();
          keptBytes -= entry.getValue();
          try {
            Files.deleteIfExists(entry.getKey());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }
  }

  private void keep(Path name, byte[] plain) {
    var image = close(name, plain);
    synchronized (kept) {
      try {
        var partial = Files.createTempFile(folder, "new", null);
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

  private static AesGcmJce forThisProcess() {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      return new AesGcmJce(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES-GCM", e);
    }
  }

  private byte[] close(Path name, byte[] image) {
    try {
      return encryption.encrypt(image, name.toString().getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that was made for this", e);
    }
  }

  private byte[] open(Path name) {
    try {
      return encryption.decrypt(
          Files.readAllBytes(name), name.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IntegrityBroken("a kept page image was changed: " + name.getFileName(), e);
    }
  }
}

package jp.musubi.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.musubi.platform.TenantId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The folder of the anchors: {@code TENANT/SEQ.json}, and beside it {@code SEQ.ers} where it was
 * timestamped. Files are written once and synced; nothing here is ever changed or taken away, so
 * the folder may lie where the database's keeper cannot write.
 */
@Component
class AnchorFolder {
  private static final String ANCHOR = ".json";
  private static final String EVIDENCE = ".ers";

  private final Path root;

  AnchorFolder(
      @Value("${musubi.audit.anchor-directory:${musubi.store.directory}-anchors}") Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** Keeps an anchor; the evidence first, so that a timestamped anchor never lacks it. */
  void keep(Anchor anchor, Optional<byte[]> evidence) {
    try {
      var folder = Files.createDirectories(root.resolve(anchor.tenant().toString()));
      var name = "%019d".formatted(anchor.seq());
      if (evidence.isPresent()) {
        write(folder.resolve(name + EVIDENCE), evidence.get());
      }
      write(folder.resolve(name + ANCHOR), anchor.text().getBytes(StandardCharsets.UTF_8));
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Under another name until it is whole: half an anchor would look like tampering. */
  private static void write(Path file, byte[] bytes) throws IOException {
    var part = Files.createTempFile(file.getParent(), "anchor", ".part");
    try {
      try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        var rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      Files.move(part, file);
    } catch (FileAlreadyExistsException another) {
      // Another node anchored the same entry; its file says the same.
      if (!file.toString().endsWith(EVIDENCE)
          && !Files.readString(file).contains(Anchor.parse(text(bytes)).hash())) {
        throw another;
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A body's newest anchor. The others are not read: there come to be very many. */
  Optional<Anchor.Kept> newest(TenantId tenant) {
    return newest(tenant, ANCHOR);
  }

  /** A body's newest anchor with a timestamp. */
  Optional<Anchor.Kept> newestStamped(TenantId tenant) {
    return newest(tenant, EVIDENCE);
  }

  private Optional<Anchor.Kept> newest(TenantId tenant, String suffix) {
    var folder = root.resolve(tenant.toString());
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(suffix))
          .map(name -> name.substring(0, name.length() - suffix.length()) + ANCHOR)
          // Evidence whose anchor a power cut kept from being written stands alone.
          .filter(name -> suffix.equals(ANCHOR) || Files.exists(folder.resolve(name)))
          .max(Comparator.naturalOrder())
          .map(name -> read(folder.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All anchors of a body, oldest first. */
  List<Anchor.Kept> of(TenantId tenant) {
    var folder = root.resolve(tenant.toString());
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ANCHOR))
          .sorted()
          .map(AnchorFolder::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Anchor.Kept read(Path file) {
    try {
      var name = file.getFileName().toString();
      var evidence =
          file.resolveSibling(name.substring(0, name.length() - ANCHOR.length()) + EVIDENCE);
      return new Anchor.Kept(
          Anchor.parse(Files.readString(file)),
          file,
          Files.exists(evidence) ? Optional.of(evidence) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package jp.musubi.closure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import jp.musubi.platform.TenantId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * 消去済団体の一覧: which bodies were erased, as files outside of the database, so that a restored backup
 * does not bring them back. They hold a key and a time and nothing else.
 */
@Component
class ErasedList {
  private final Path folder;

  ErasedList(
      @Value("${musubi.closure.erased-directory:${musubi.store.directory}-erased}") Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** Notes a body, durably, before anything of it is erased; a second time changes nothing. */
  void add(TenantId body, String when) {
    try {
      Files.createDirectories(folder);
      var file = folder.resolve(body.toString());
      if (Files.exists(file)) {
        return;
      }
      var draft = Files.createTempFile(folder, ".writing-", null);
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(java.nio.ByteBuffer.wrap(when.getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

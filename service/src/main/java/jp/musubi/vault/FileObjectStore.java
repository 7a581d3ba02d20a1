package jp.musubi.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jp.musubi.platform.TenantId;

/**
 * Objects as files: {@code TENANT/ab/cd/NAME}. A file is written beside its place, synced, then
 * published by a hard link, which the file system refuses when the name is taken; then every folder
 * on the way is synced, so that a power cut after return loses nothing.
 */
final class FileObjectStore implements ObjectStore {
  private final Path root;

  FileObjectStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Written putIfAbsent(TenantId tenant, ObjectName name, Path file) throws IOException {
    var target = place(tenant, name);
    var folder = folderOf(target);
    makeDurably(folder);
    var draft = Files.createTempFile(folder, ".writing-", null);
    try {
      Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
      sync(draft);
      Files.createLink(target, draft);
      return Written.NEW;
    } catch (FileAlreadyExistsException e) {
      return Written.THERE_BEFORE;
    } finally {
      Files.deleteIfExists(draft);
      // Also when the name was taken: its writer may have died between link and sync.
      sync(folder);
    }
  }

  @Override
  public void get(TenantId tenant, ObjectName name, Path target) throws IOException {
    Files.copy(place(tenant, name), target, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void replace(TenantId tenant, ObjectName name, Path file) throws IOException {
    var target = place(tenant, name);
    var folder = folderOf(target);
    makeDurably(folder);
    var draft = Files.createTempFile(folder, ".writing-", null);
    try {
      Files.copy(file, draft, StandardCopyOption.REPLACE_EXISTING);
      sync(draft);
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
      sync(folder);
    }
  }

  @Override
  public boolean remove(TenantId tenant, ObjectName name) throws IOException {
    var there = Files.deleteIfExists(place(tenant, name));
    if (there) {
      sync(folderOf(place(tenant, name)));
    }
    return there;
  }

  @Override
  public boolean exists(TenantId tenant, ObjectName name) {
    return Files.isRegularFile(place(tenant, name));
  }

  @Override
  public long count(TenantId tenant) throws IOException {
    var folder = root.resolve(tenant.toString());
    if (!Files.exists(folder)) {
      return 0;
    }
    try (var all = Files.walk(folder)) {
      return all.filter(each -> !Files.isDirectory(each)).count();
    }
  }

  @Override
  public boolean removeSome(TenantId tenant, int most) throws IOException {
    var folder = root.resolve(tenant.toString());
    if (!Files.exists(folder)) {
      return false;
    }
    List<Path> some;
    try (var all = Files.walk(folder)) {
      some = all.filter(each -> !Files.isDirectory(each)).limit(most).toList();
    }
    for (var each : some) {
      Files.deleteIfExists(each);
    }
    if (some.size() == most) {
      return true;
    }
    try (var all = Files.walk(folder)) {
      for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
    sync(root);
    return false;
  }

  private Path place(TenantId tenant, ObjectName name) {
    return root.resolve(tenant.toString())
        .resolve(name.hex().substring(0, 2))
        .resolve(name.hex().substring(2, 4))
        .resolve(name.hex());
  }

  /** Makes a folder and syncs every parent that got a new entry. */
  private static void makeDurably(Path folder) throws IOException {
    var missing = new ArrayList<Path>();
    for (var at = folder; !Files.isDirectory(at); at = folderOf(at)) {
      missing.add(at);
    }
    for (var at : missing.reversed()) {
      try {
        Files.createDirectory(at);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(at)) {
          throw e;
        }
      }
      sync(folderOf(at));
    }
  }

  private static Path folderOf(Path path) throws IOException {
    var folder = path.getParent();
    if (folder == null) {
      throw new IOException("no folder above " + path);
    }
    return folder;
  }

  private static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

package jp.musubi.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.musubi.platform.TenantId;

/** A store that keeps its word: an object is written once, and is there from then on. */
public final class SimulatedStore implements ObjectStore {
  private final Map<Key, byte[]> objects = new ConcurrentHashMap<>();

  private record Key(TenantId tenant, ObjectName name) {}

  /** Forgets everything: the world it belonged to is over. */
  public void forget() {
    objects.clear();
  }

  @Override
  public Written putIfAbsent(TenantId tenant, ObjectName name, Path file) throws IOException {
    return objects.putIfAbsent(new Key(tenant, name), Files.readAllBytes(file)) == null
        ? Written.NEW
        : Written.THERE_BEFORE;
  }

  @Override
  public void get(TenantId tenant, ObjectName name, Path target) throws IOException {
    var bytes = objects.get(new Key(tenant, name));
    if (bytes == null) {
      throw new NoSuchFileException(name.hex());
    }
    Files.write(target, bytes);
  }

  @Override
  public void replace(TenantId tenant, ObjectName name, Path file) throws IOException {
    objects.put(new Key(tenant, name), Files.readAllBytes(file));
  }

  @Override
  public boolean remove(TenantId tenant, ObjectName name) {
    return objects.remove(new Key(tenant, name)) != null;
  }

  @Override
  public boolean exists(TenantId tenant, ObjectName name) {
    return objects.containsKey(new Key(tenant, name));
  }

  @Override
  public long count(TenantId tenant) {
    return objects.keySet().stream().filter(key -> key.tenant().equals(tenant)).count();
  }

  @Override
  public boolean removeSome(TenantId tenant, int most) {
    objects.keySet().removeIf(key -> key.tenant().equals(tenant));
    return false;
  }
}

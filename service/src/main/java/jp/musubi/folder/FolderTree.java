package jp.musubi.folder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** フォルダの木. Some of a body's folders: all of them, or those that somebody may see. */
final class FolderTree {
  /** Deeper than this nobody finds anything. */
  static final int DEEPEST = 8;

  private final Map<UUID, Folder> folders = new LinkedHashMap<>();

  FolderTree(Collection<Folder> folders) {
    folders.forEach(folder -> this.folders.put(folder.id(), folder));
  }

  Optional<Folder> find(UUID id) {
    return Optional.ofNullable(folders.get(id));
  }

  /** The sections whose cabinets these stand in. */
  Set<UUID> sections() {
    return folders.values().stream().map(Folder::section).collect(Collectors.toUnmodifiableSet());
  }

  /** What lies directly in a folder, by name; in null is what stands in the section's cabinet. */
  List<Folder> in(UUID section, @Nullable UUID parent) {
    return folders.values().stream()
        .filter(folder -> folder.section().equals(section))
        .filter(folder -> Objects.equals(shown(folder.parent()), parent))
        .sorted(Comparator.comparing(Folder::name))
        .toList();
  }

  /** What lies in a folder that is out of sight stands where its own cabinet begins. */
  private @Nullable UUID shown(@Nullable UUID parent) {
    return parent == null || folders.containsKey(parent) ? parent : null;
  }

  /** A folder and how deep it lies, 0 in the cabinet itself. */
  record Placed(Folder folder, int depth) {}

  /** All of a section's cabinet, each below the one it lies in. */
  List<Placed> inOrder(UUID section) {
    var order = new ArrayList<Placed>();
    place(section, null, 0, order);
    return order;
  }

  private void place(UUID section, @Nullable UUID parent, int depth, List<Placed> order) {
    for (var folder : in(section, parent)) {
      order.add(new Placed(folder, depth));
      place(section, folder.id(), depth + 1, order);
    }
  }

  /** A folder and all above it that are here, the highest first. */
  List<Folder> path(UUID id) {
    var path = new ArrayList<Folder>();
    var next = find(id);
    while (next.isPresent() && !path.contains(next.get())) {
      path.addFirst(next.get());
      next = Optional.ofNullable(next.get().parent()).flatMap(this::find);
    }
    return path;
  }

  /** 工事 ＞ 令和8年度. */
  String fullName(UUID id) {
    return path(id).stream().map(Folder::name).collect(Collectors.joining(" ＞ "));
  }

  /**
   * Why a folder cannot lie there.
   *
   * @param id of a folder that is here; null for a new one
   * @param parent null for the cabinet itself
   */
  Optional<FolderRefusal> refuses(@Nullable UUID id, UUID section, @Nullable UUID parent) {
    var above = parent == null ? List.<Folder>of() : path(parent);
    if (parent != null && !find(parent).map(Folder::section).equals(Optional.of(section))) {
      return Optional.of(FolderRefusal.OTHER_CABINET);
    }
    if (above.stream().anyMatch(folder -> folder.id().equals(id))) {
      return Optional.of(FolderRefusal.IN_ITSELF);
    }
    return above.size() + (id == null ? 1 : height(section, id)) > DEEPEST
        ? Optional.of(FolderRefusal.TOO_DEEP)
        : Optional.empty();
  }

  private int height(UUID section, UUID id) {
    return 1
        + in(section, id).stream().mapToInt(each -> height(section, each.id())).max().orElse(0);
  }
}

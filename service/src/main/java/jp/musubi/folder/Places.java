package jp.musubi.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Option;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * 場所. Where a folder or a contract may be put, as choices of a form: a cabinet, or a folder in one.
 */
@Component
class Places {
  private final Folders folders;
  private final SectionRegister sections;
  private final Organisations organisations;

  Places(Folders folders, SectionRegister sections, Organisations organisations) {
    this.folders = folders;
    this.sections = sections;
    this.organisations = organisations;
  }

  /**
   * Where a folder is to stand.
   *
   * @param folder null for the section's cabinet itself
   */
  record Place(UUID section, @Nullable UUID folder) {
    /** As a form sends it. */
    String value() {
      return section + "/" + (folder == null ? "" : folder);
    }
  }

  /** All cabinets that somebody keeps, with the folders in them. */
  List<Option> ofFolders(StaffMember who) {
    var tree = folders.tree(who, Standing::kept);
    return cabinets(tree).stream()
        .filter(section -> folders.keeps(section, who))
        .flatMap(section -> ofFolders(section, tree))
        .toList();
  }

  /** The same of one cabinet. */
  List<Option> ofFolders(UUID section, StaffMember who) {
    return ofFolders(section, folders.tree(who, Standing::kept)).toList();
  }

  private Stream<Option> ofFolders(UUID section, FolderTree tree) {
    var cabinet = cabinet(section);
    return Stream.concat(
        Stream.of(new Option(new Place(section, null).value(), cabinet)),
        tree.inOrder(section).stream()
            .map(placed ->
                new Option(
                    new Place(section, placed.folder().id()).value(),
                    cabinet + " ＞ " + tree.fullName(placed.folder().id()))));
  }

  /** The place that a form names, out of what was offered. */
  Optional<Place> read(@Nullable String typed, List<Option> offered) {
    if (typed == null || offered.stream().noneMatch(option -> option.value().equals(typed))) {
      return Optional.empty();
    }
    var parts = typed.split("/", 2);
    return Optional.of(
        new Place(
            UUID.fromString(parts[0]), parts[1].isEmpty() ? null : UUID.fromString(parts[1])));
  }

  /** The folders in which somebody may put contracts of these sections; first is none. */
  List<Option> ofContracts(StaffMember who, String none, Predicate<UUID> cabinet) {
    var tree = folders.tree(who, Standing::seen);
    return Stream.concat(
            Stream.of(new Option("", none)),
            cabinets(tree).stream()
                .filter(cabinet)
                .flatMap(section -> tree.inOrder(section).stream())
                .map(placed ->
                    new Option(
                        placed.folder().id().toString(),
                        cabinet(placed.folder().section())
                            + " ＞ "
                            + tree.fullName(placed.folder().id()))))
        .toList();
  }

  /** A folder that a form names; empty for none. */
  static @Nullable UUID folder(@Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      return null;
    }
    try {
      return UUID.fromString(typed);
    } catch (IllegalArgumentException misspelled) {
      throw new NotFound("folder " + typed);
    }
  }

  /** Every open section in the order of the tree, and behind them closed ones that have folders. */
  List<UUID> cabinets(FolderTree tree) {
    var all = new ArrayList<UUID>();
    sections.tree(organisations.today()).inOrder().stream()
        .map(placed -> placed.term().section())
        .forEach(all::add);
    tree.sections().stream().filter(section -> !all.contains(section)).sorted().forEach(all::add);
    return all;
  }

  /** 建設部 道路課. */
  String cabinet(UUID section) {
    return organisations.section(section).map(Section::name).orElse("");
  }
}

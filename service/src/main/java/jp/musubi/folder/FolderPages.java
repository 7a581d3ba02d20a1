package jp.musubi.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.authority.Reach;
import jp.musubi.authority.Role;
import jp.musubi.contract.ContractSearch;
import jp.musubi.contract.ContractSummary;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Option;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** What the pages about folders show, to whom. */
@Component
class FolderPages {
  private static final int PAGE = 50;

  private final Folders folders;
  private final FolderRights rights;
  private final Filing filing;
  private final Places places;
  private final ContractSearch search;
  private final Organisations organisations;
  private final Book book;

  FolderPages(
      Folders folders,
      FolderRights rights,
      Filing filing,
      Places places,
      ContractSearch search,
      Organisations organisations,
      Book book) {
    this.folders = folders;
    this.rights = rights;
    this.filing = filing;
    this.places = places;
    this.search = search;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * 全部のフォルダ.
   *
   * @param unfiled how many contracts lie in none
   */
  record Tree(List<Cabinet> cabinets, int unfiled, boolean mayMake) {}

  /** A section's folders. */
  record Cabinet(String name, List<Line> folders) {}

  /**
   * A folder in a list.
   *
   * @param path null where the reader is not let in
   * @param rights where its rights are changed; null for who may not
   * @param count how many contracts lie directly in it; null where the reader is not let in
   */
  record Line(
      String name,
      int depth,
      @Nullable String path,
      @Nullable String rights,
      boolean confined,
      @Nullable Integer count) {}

  /**
   * One folder, or what lies in none.
   *
   * @param path null for what lies in none
   * @param openedTo names of sections, of its own and of folders above it
   * @param offered where the contracts may be moved; empty for who moves none
   */
  record Page(
      List<Crumb> crumbs,
      String heading,
      @Nullable String path,
      boolean kept,
      boolean governed,
      boolean confined,
      String openedTo,
      String place,
      List<Line> below,
      List<Row> contracts,
      @Nullable String next,
      List<Option> offered,
      String here,
      @Nullable String refusal) {}

  /** A contract. */
  record Row(UUID id, String title, String number, String counterparty, String phase) {}

  Tree tree(StaffMember reader) {
    var standings = folders.of(reader);
    var tree = new FolderTree(standings.values().stream().map(Standing::folder).toList());
    var counts = filing.counts(Authorisation.reach(reader, Act.SEE_CONTRACT));
    var cabinets = new ArrayList<Cabinet>();
    for (var section : places.cabinets(tree)) {
      var lines =
          tree.inOrder(section).stream().map(placed -> line(placed, standings, counts)).toList();
      if (!lines.isEmpty()) {
        cabinets.add(new Cabinet(places.cabinet(section), lines));
      }
    }
    return new Tree(
        cabinets, counts.getOrDefault(Optional.empty(), 0), !places.ofFolders(reader).isEmpty());
  }

  private static Line line(
      FolderTree.Placed placed,
      Map<UUID, Standing> standings,
      Map<Optional<UUID>, Integer> counts) {
    var folder = placed.folder();
    var standing = standings.get(folder.id());
    var seen = standing != null && standing.seen();
    return new Line(
        folder.name(),
        placed.depth(),
        seen ? "/folders/" + folder.id() : null,
        standing != null && standing.governed() ? "/folders/" + folder.id() + "/rights" : null,
        folder.confined(),
        seen ? counts.getOrDefault(Optional.of(folder.id()), 0) : null);
  }

  /** What lies in a folder; null for what lies in none. */
  ModelAndView show(@Nullable UUID id, StaffMember reader, ContractSearch.@Nullable Cursor after) {
    return new ModelAndView("folder/show", "page", page(id, reader, after, null));
  }

  /** The folder's page with why something was not done. */
  ModelAndView refused(@Nullable UUID id, StaffMember reader, FolderRefusal reason) {
    var page = new ModelAndView("folder/show", "page", page(id, reader, null, reason));
    page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }

  private Page page(
      @Nullable UUID id,
      StaffMember reader,
      ContractSearch.@Nullable Cursor after,
      @Nullable FolderRefusal reason) {
    var reach = Authorisation.reach(reader, Act.SEE_CONTRACT);
    var found = search.filed(reach, id, after, PAGE);
    var standings = folders.of(reader);
    var tree =
        new FolderTree(
            standings.values().stream().filter(Standing::seen).map(Standing::folder).toList());
    var standing = id == null ? null : folders.get(id, reader, Standing::seen);
    var path = id == null ? null : "/folders/" + id;
    var here = path == null ? "/folders/unfiled" : path;
    var heading = standing == null ? book.of("folder.unfiled") : standing.folder().name();
    return new Page(
        crumbs(id, tree, heading, here),
        heading,
        path,
        standing != null && standing.kept(),
        standing != null && standing.governed(),
        id != null && tree.path(id).stream().anyMatch(Folder::confined),
        id == null ? "" : openedTo(id, tree),
        standing == null
            ? ""
            : new Places.Place(standing.folder().section(), standing.folder().id()).value(),
        standing == null ? List.of() : below(standing.folder(), tree, standings, reach),
        found.contracts().stream().map(this::row).toList(),
        found
            .next()
            .map(next -> here + "?after=" + next.createdAt() + "_" + next.id())
            .orElse(null),
        reader.may(Role.CLERK) && !found.contracts().isEmpty()
            ? places.ofContracts(reader, book.of("folder.unfiled"), _ -> true)
            : List.of(),
        id == null ? "" : id.toString(),
        reason == null ? null : "folder.refusal." + reason);
  }

  private List<Crumb> crumbs(@Nullable UUID id, FolderTree tree, String heading, String here) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("contract.crumb.home", "/"));
    crumbs.add(book.crumb("folder.heading", "/folders"));
    if (id == null) {
      crumbs.add(new Crumb(heading, here));
    } else {
      tree.path(id).forEach(each -> crumbs.add(new Crumb(each.name(), "/folders/" + each.id())));
    }
    return crumbs;
  }

  private List<Line> below(
      Folder folder, FolderTree tree, Map<UUID, Standing> standings, Reach reach) {
    var counts = filing.counts(reach);
    return tree.in(folder.section(), folder.id()).stream()
        .map(each -> line(new FolderTree.Placed(each, 0), standings, counts))
        .toList();
  }

  private String openedTo(UUID id, FolderTree tree) {
    return tree.path(id).stream()
        .flatMap(each -> rights.of(each).sections().stream())
        .distinct()
        .flatMap(section -> organisations.section(section).stream())
        .map(Section::name)
        .sorted()
        .collect(Collectors.joining("、"));
  }

  private Row row(ContractSummary contract) {
    return new Row(
        contract.id().value(),
        contract.title(),
        contract.number(),
        contract.counterparty(),
        book.of("contract.phase." + contract.phase()));
  }
}

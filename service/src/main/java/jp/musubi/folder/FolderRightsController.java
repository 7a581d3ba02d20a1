package jp.musubi.folder;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** フォルダの公開先と親展. */
@Controller
@RequestMapping("/folders/{folder}/rights")
@Needs(Act.OPEN_FOLDERS)
class FolderRightsController {
  private final Folders folders;
  private final FolderRights rights;
  private final SectionRegister sections;
  private final Organisations organisations;
  private final Book book;

  FolderRightsController(
      Folders folders,
      FolderRights rights,
      SectionRegister sections,
      Organisations organisations,
      Book book) {
    this.folders = folders;
    this.rights = rights;
    this.sections = sections;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * The page.
   *
   * @param kept whether it keeps what lies in it from the reader
   * @param confined whether the box is ticked
   * @param readers the people named, a line each
   */
  record Page(
      List<Crumb> crumbs,
      String path,
      String back,
      String name,
      boolean kept,
      List<Choice> choices,
      boolean confined,
      Field readers,
      @Nullable String refusal) {}

  /** A section to choose. */
  record Choice(UUID id, String name, boolean chosen) {}

  @GetMapping
  ModelAndView ask(@PathVariable UUID folder, @CurrentStaff StaffMember giver) {
    var standing = folders.get(folder, giver, Standing::governed);
    var current = rights.of(standing.folder());
    var named =
        rights.readers(standing.folder()).stream()
            .map(FolderRights.Named::login)
            .collect(Collectors.joining("\n"));
    return page(standing, current.sections(), current.confined(), named, null, null);
  }

  @PostMapping
  ModelAndView change(
      @PathVariable UUID folder,
      @RequestParam(required = false) @Nullable List<UUID> section,
      @RequestParam(required = false) @Nullable String confined,
      @RequestParam(required = false) @Nullable String readers,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request) {
    var standing = folders.get(folder, giver, Standing::governed);
    var offered = choices(Set.of(), standing).stream().map(Choice::id).collect(Collectors.toSet());
    var chosen = new HashSet<>(section == null ? List.of() : section);
    // What is no open section was never offered.
    chosen.retainAll(offered);
    var close = confined != null;
    var reader = new FormReader();
    var typed = reader.lines("readers", readers, 2000, false);
    var logins = typed.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    var named = rights.byLogin(logins);
    var known = named.stream().map(FolderRights.Named::login).collect(Collectors.toSet());
    var unknown = logins.stream().filter(login -> !known.contains(login)).toList();
    if (!unknown.isEmpty()) {
      reader.reject("readers", "folder.wrong.readers", String.join("、", unknown));
    }
    if (Math.max(named.size(), chosen.size()) > FolderRights.MOST) {
      reader.reject("readers", "folder.wrong.many", String.valueOf(FolderRights.MOST));
    }
    if (!reader.wrong().isEmpty()) {
      return page(standing, chosen, close, typed, reader.wrong().get("readers"), null);
    }
    var people =
        close
            ? named.stream().map(FolderRights.Named::id).collect(Collectors.toSet())
            : Set.<UUID>of();
    return rights
        .change(
            folder, new FolderRights.Rights(chosen, close, people), giver, request.getRemoteAddr())
        .map(reason -> page(standing, chosen, close, typed, null, reason))
        .orElseGet(() -> new ModelAndView("redirect:/folders"));
  }

  private List<Choice> choices(Set<UUID> chosen, Standing standing) {
    var tree = sections.tree(organisations.today());
    return tree.inOrder().stream()
        .map(placed -> placed.term().section())
        .filter(section -> !section.equals(standing.folder().section()))
        .map(section -> new Choice(section, tree.fullName(section), chosen.contains(section)))
        .toList();
  }

  private ModelAndView page(
      Standing standing,
      Set<UUID> chosen,
      boolean confined,
      String readers,
      @Nullable Text wrong,
      @Nullable FolderRefusal refusal) {
    var folder = standing.folder();
    var path = "/folders/" + folder.id() + "/rights";
    var page =
        new ModelAndView(
            "folder/rights",
            "page",
            new Page(
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("folder.heading", "/folders"),
                    new Crumb(book.of("folder.rights.heading", folder.name()), path)),
                path,
                standing.seen() ? "/folders/" + folder.id() : "/folders",
                folder.name(),
                !standing.seen(),
                choices(chosen, standing),
                confined,
                Field.optional("readers", "folder.rights.readers")
                    .hinted("folder.rights.readers.hint")
                    .drawn(Form.LINES)
                    .with(readers)
                    .wrong(wrong),
                refusal == null ? null : "folder.refusal." + refusal));
    page.setStatus(
        wrong == null && refusal == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}

package jp.musubi.folder;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
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

/** フォルダを作る、名前と場所を変える、消す. */
@Controller
@RequestMapping("/folders")
@Needs(Act.KEEP_FOLDERS)
class FolderController {
  private static final int LONGEST = 50;

  private final Folders folders;
  private final Places places;
  private final FolderPages pages;
  private final Book book;

  FolderController(Folders folders, Places places, FolderPages pages, Book book) {
    this.folders = folders;
    this.places = places;
    this.pages = pages;
    this.book = book;
  }

  @GetMapping("/new")
  ModelAndView fresh(
      @RequestParam(required = false) @Nullable String place, @CurrentStaff StaffMember keeper) {
    return form(null, null, place, places.ofFolders(keeper), Map.of(), null);
  }

  @PostMapping
  ModelAndView make(
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String place,
      @CurrentStaff StaffMember keeper,
      HttpServletRequest request) {
    var offered = places.ofFolders(keeper);
    var reader = new FormReader();
    var called = reader.line("name", name, LONGEST, true);
    var chosen = places.read(place, offered);
    if (chosen.isEmpty()) {
      reader.reject("place", "folder.wrong.place");
    }
    if (!reader.wrong().isEmpty() || chosen.isEmpty()) {
      return form(null, name, place, offered, reader.wrong(), null);
    }
    return switch (folders.make(
        chosen.get().section(), chosen.get().folder(), called, keeper, request.getRemoteAddr())) {
      case Folders.Outcome.Done(var id) -> new ModelAndView("redirect:/folders/" + id);
      case Folders.Outcome.Refused(var reason) ->
          form(null, name, place, offered, Map.of(), reason);
    };
  }

  @GetMapping("/{folder}/change")
  ModelAndView change(@PathVariable UUID folder, @CurrentStaff StaffMember keeper) {
    var current = folders.get(folder, keeper, Standing::kept).folder();
    return form(
        current,
        current.name(),
        new Places.Place(current.section(), current.parent()).value(),
        places.ofFolders(current.section(), keeper),
        Map.of(),
        null);
  }

  @PostMapping("/{folder}/change")
  ModelAndView changed(
      @PathVariable UUID folder,
      @RequestParam(required = false) @Nullable String name,
      @RequestParam(required = false) @Nullable String place,
      @CurrentStaff StaffMember keeper,
      HttpServletRequest request) {
    var current = folders.get(folder, keeper, Standing::kept).folder();
    var offered = places.ofFolders(current.section(), keeper);
    var reader = new FormReader();
    var called = reader.line("name", name, LONGEST, true);
    var chosen = places.read(place, offered);
    if (chosen.isEmpty()) {
      reader.reject("place", "folder.wrong.place");
    }
    if (!reader.wrong().isEmpty() || chosen.isEmpty()) {
      return form(current, name, place, offered, reader.wrong(), null);
    }
    return switch (folders.change(
        folder, chosen.get().folder(), called, keeper, request.getRemoteAddr())) {
      case Folders.Outcome.Done(var id) -> new ModelAndView("redirect:/folders/" + id);
      case Folders.Outcome.Refused(var reason) ->
          form(current, name, place, offered, Map.of(), reason);
    };
  }

  @PostMapping("/{folder}/removal")
  ModelAndView remove(
      @PathVariable UUID folder, @CurrentStaff StaffMember keeper, HttpServletRequest request) {
    return folders
        .remove(folder, keeper, request.getRemoteAddr())
        .map(reason -> pages.refused(folder, keeper, reason))
        .orElseGet(() -> new ModelAndView("redirect:/folders"));
  }

  private ModelAndView form(
      @Nullable Folder current,
      @Nullable String name,
      @Nullable String place,
      List<Option> offered,
      Map<String, Text> wrong,
      @Nullable FolderRefusal refusal) {
    var heading = current == null ? "folder.new" : "folder.change";
    var here = current == null ? "/folders" : "/folders/" + current.id();
    var path = current == null ? "/folders" : here + "/change";
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of(heading),
                    List.of(
                        book.crumb("contract.crumb.home", "/"),
                        book.crumb("folder.heading", "/folders"),
                        new Crumb(book.of(heading), path)),
                    path,
                    List.of(
                        Field.required("name", "folder.name")
                            .hinted("folder.name.hint")
                            .with(name)
                            .wrong(wrong.get("name")),
                        Field.required("place", "folder.place")
                            .hinted("folder.place.hint")
                            .offering(offered)
                            .with(place)
                            .wrong(wrong.get("place"))),
                    current == null ? "folder.new.submit" : "folder.change.submit",
                    here)
                .refused(refusal == null ? null : Text.of("folder.refusal." + refusal)));
    page.setStatus(
        wrong.isEmpty() && refusal == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}

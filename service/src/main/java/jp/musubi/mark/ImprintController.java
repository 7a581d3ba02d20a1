package jp.musubi.mark;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.OfficeRegister;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Picture;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 契約名義の印影の設定: who keeps the offices keeps what their seals look like. */
@Controller
@RequestMapping("/settings/imprints")
@Needs(Act.CHANGE_OFFICES)
class ImprintController {
  private static final String PATH = "/settings/imprints";
  private static final Field.Look PNG =
      new Field.Look("file", null, null, null, null, null, "image/png,.png");

  private final Imprints imprints;
  private final OfficeRegister offices;
  private final Book book;

  ImprintController(Imprints imprints, OfficeRegister offices, Book book) {
    this.imprints = imprints;
    this.offices = offices;
    this.book = book;
  }

  /**
   * An office.
   *
   * @param image path of its picture; null when it has none
   * @param removal where it is taken away; null when it has none
   */
  record Line(String title, @Nullable String image, @Nullable String removal) {}

  /** What the page prints. */
  record Page(List<Crumb> crumbs, String path, List<Line> offices, List<Field> fields) {}

  @GetMapping
  ModelAndView show() {
    return page("", Map.of(), HttpStatus.OK);
  }

  /** A picture that holds now, for the one who keeps it. */
  @GetMapping("/{imprint}.png")
  ResponseEntity<byte[]> image(@PathVariable UUID imprint) {
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(imprints.png(imprint).orElseThrow(() -> new NotFound("imprint " + imprint)));
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember admin,
      @RequestParam(defaultValue = "") String office,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var reader = new FormReader();
    Optional<OfficeRegister.Titled> chosen =
        offices.offices().stream().filter(each -> each.id().toString().equals(office)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("office", "contract.wrong.choose");
    }
    Picture.Read read = Imprints.read(file == null ? new byte[0] : file.getBytes());
    read.unfit().ifPresent(why -> reader.reject("file", "imprint.wrong." + why));
    if (!reader.wrong().isEmpty()) {
      return page(office, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    imprints.set(
        chosen.orElseThrow().id(), read.picture().orElseThrow(), admin, request.getRemoteAddr());
    flash.addFlashAttribute("done", "imprint.changed");
    return new ModelAndView("redirect:" + PATH);
  }

  /** Takes an office's picture away. */
  @PostMapping("/{imprint}/removal")
  String remove(
      @PathVariable UUID imprint,
      @CurrentStaff StaffMember admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    imprints.remove(imprint, admin, request.getRemoteAddr());
    flash.addFlashAttribute("done", "imprint.removed");
    return "redirect:" + PATH;
  }

  private ModelAndView page(String office, Map<String, Text> wrong, HttpStatus status) {
    var current = imprints.current();
    var all = offices.offices();
    var lines =
        all.stream()
            .map(each -> {
              var path =
                  current.stream()
                      .filter(imprint -> imprint.office().equals(each.id()))
                      .map(imprint -> PATH + "/" + imprint.id())
                      .findFirst();
              return new Line(
                  each.title(),
                  path.map(own -> own + ".png").orElse(null),
                  path.map(own -> own + "/removal").orElse(null));
            })
            .toList();
    var page =
        new ModelAndView(
            "mark/imprints",
            "page",
            new Page(
                List.of(
                    book.crumb("contract.crumb.home", "/"),
                    book.crumb("settings.title", "/settings"),
                    book.crumb("imprint.title", PATH)),
                PATH,
                lines,
                List.of(
                    Field.required("office", "imprint.office")
                        .offering(
                            all.stream()
                                .map(each -> new Option(each.id().toString(), each.title()))
                                .toList())
                        .with(office)
                        .wrong(wrong.get("office")),
                    Field.required("file", "imprint.file")
                        .hinted("imprint.file.hint")
                        .drawn(PNG)
                        .wrong(wrong.get("file")))));
    page.setStatus(status);
    return page;
  }
}

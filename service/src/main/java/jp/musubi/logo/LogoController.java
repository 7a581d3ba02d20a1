package jp.musubi.logo;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 団体のロゴの設定. */
@Controller
@RequestMapping("/settings/logo")
@Needs(Act.CHANGE_SETTINGS)
class LogoController {
  private static final String PATH = "/settings/logo";
  private static final Field.Look PNG =
      new Field.Look("file", null, null, null, null, null, "image/png,.png");

  private final Logos logos;
  private final Organisations organisations;
  private final Book book;

  LogoController(Logos logos, Organisations organisations, Book book) {
    this.logos = logos;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * What the page prints.
   *
   * @param logo where the present one is, if there is one
   */
  record Page(
      List<Crumb> crumbs, String path, @Nullable String logo, String body, List<Field> fields) {

    /** The one field. */
    public Field file() {
      return fields.getFirst();
    }
  }

  @GetMapping
  ModelAndView show(@CurrentStaff StaffMember admin) {
    return page(admin, null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView change(
      @CurrentStaff StaffMember admin,
      @RequestParam(required = false) @Nullable MultipartFile file,
      HttpServletRequest request,
      RedirectAttributes flash)
      throws IOException {
    var read = Logos.read(file == null ? new byte[0] : file.getBytes());
    if (read.unfit().isPresent()) {
      return page(
          admin, Text.of("logo.wrong." + read.unfit().get()), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    logos.set(read.picture().orElseThrow(), admin, request.getRemoteAddr());
    flash.addFlashAttribute("done", "logo.changed");
    return new ModelAndView("redirect:" + PATH);
  }

  @PostMapping("/removal")
  String remove(
      @CurrentStaff StaffMember admin, HttpServletRequest request, RedirectAttributes flash) {
    logos.remove(admin, request.getRemoteAddr());
    flash.addFlashAttribute("done", "logo.removed");
    return "redirect:" + PATH;
  }

  private ModelAndView page(StaffMember admin, @Nullable Text wrong, HttpStatus status) {
    var body = organisations.body(admin.tenant()).orElseThrow();
    var page =
        new ModelAndView(
            "logo/settings",
            "page",
            new Page(
                List.of(
                    book.crumb("people.crumb.home", "/"),
                    book.crumb("settings.nav", "/settings"),
                    book.crumb("logo.title", PATH)),
                PATH,
                logos.path(body).orElse(null),
                body.name(),
                List.of(
                    Field.required("file", "logo.file")
                        .hinted("logo.file.hint")
                        .drawn(PNG)
                        .wrong(wrong))));
    page.setStatus(status);
    return page;
  }
}

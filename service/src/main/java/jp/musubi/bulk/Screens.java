package jp.musubi.bulk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** What the pages of forms and lists have in common. */
final class Screens {
  private static final int NAME_LENGTH = 100;

  private Screens() {}

  static List<Crumb> crumbs(Book book, Crumb... further) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("people.crumb.home", "/"));
    crumbs.addAll(Arrays.asList(further));
    return crumbs;
  }

  static ModelAndView form(Form form, HttpStatus status) {
    var page = new ModelAndView("web/form", "page", form);
    page.setStatus(status);
    return page;
  }

  static ModelAndView sheet(Sheet sheet) {
    return new ModelAndView("web/sheet", "page", sheet);
  }

  /** The same page with why the button did nothing. */
  static ModelAndView refused(ModelAndView page, Text refusal) {
    page.addObject("refusal", refusal);
    page.setStatus(HttpStatus.CONFLICT);
    return page;
  }

  static Field hidden(String name, String value) {
    return Field.required(name, "bulk.hidden").drawn(Form.HIDDEN).with(value);
  }

  static List<Option> kinds(Book book) {
    var kinds = new ArrayList<Option>();
    kinds.add(new Option("", book.of("contract.kind.choose")));
    for (var kind : ContractKind.values()) {
      kinds.add(new Option(kind.name(), book.of("contract.kind." + kind)));
    }
    return kinds;
  }

  static String name(MultipartFile file, String otherwise) {
    return FileName.of(file.getOriginalFilename(), NAME_LENGTH, otherwise);
  }

  static boolean isEmpty(@Nullable MultipartFile file) {
    return file == null || file.isEmpty();
  }
}

package jp.musubi.counterparty.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.counterparty.NearMiss;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;

/** What the staff's pages about counterparties have in common. */
final class Screens {
  private static final int MOST_NAMED = 5;

  private Screens() {}

  /** The way from home over the register. */
  static List<Crumb> crumbs(Book book, Crumb... further) {
    var crumbs = new ArrayList<Crumb>();
    crumbs.add(book.crumb("people.crumb.home", "/"));
    crumbs.add(book.crumb("supplier.list", "/suppliers"));
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
  static ModelAndView refused(Sheet sheet, Text refusal) {
    var page = sheet(sheet).addObject("refusal", refusal);
    page.setStatus(HttpStatus.CONFLICT);
    return page;
  }

  /** What is alike, in a sentence. */
  static @Nullable Text alike(List<NearMiss> found, Book book) {
    if (found.isEmpty()) {
      return null;
    }
    var named =
        found.stream()
            .limit(MOST_NAMED)
            .map(miss -> book.of("supplier.alike." + miss.kind(), miss.name(), miss.detail()))
            .toList();
    var rest = found.size() - named.size();
    return Text.of(
        "supplier.alike",
        String.join("、", named) + (rest > 0 ? book.of("supplier.alike.more", rest) : ""));
  }

  /** The box by which a person says that they mean another; only there when something is alike. */
  static List<Field> sure(boolean wanted) {
    return wanted
        ? List.of(
            Field.optional("sure", "supplier.sure").drawn(Form.TICK).hinted("supplier.sure.hint"))
        : List.of();
  }

  static Field hidden(String name, String value) {
    return Field.required(name, "supplier.hidden").drawn(Form.HIDDEN).with(value);
  }

  /** A key by which a form counts once. */
  static String nextKey() {
    return UUID.randomUUID().toString();
  }

  static boolean isKey(String text) {
    return text.matches("[0-9a-f-]{36}");
  }

  /** A key from the path or a form, if it is one. */
  static Optional<UUID> key(@Nullable String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }
}

package jp.musubi.register;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** 任意項目の登録: what the body adds to the register for all its contracts. */
@Controller
@RequestMapping("/settings/items")
@Needs(Act.CHANGE_SETTINGS)
class ItemController {
  private static final String PATH = "/settings/items";

  private final Items items;
  private final Book book;

  ItemController(Items items, Book book) {
    this.items = items;
    this.book = book;
  }

  /** The list. */
  record Page(List<Crumb> crumbs, boolean full, List<Line> lines) {}

  /** One item. */
  record Line(
      UUID id, String name, String kind, String choices, boolean mandatory, boolean listed) {}

  @GetMapping
  ModelAndView list() {
    var open = items.open();
    return new ModelAndView(
        "register/items",
        "page",
        new Page(
            crumbs(),
            open.size() >= Items.MOST,
            open.stream()
                .map(item ->
                    new Line(
                        item.id(),
                        item.name(),
                        "register.item.kind." + item.kind(),
                        String.join("、", item.choices()),
                        item.mandatory(),
                        item.listed()))
                .toList()));
  }

  @GetMapping("/new")
  ModelAndView fresh() {
    return form(
        PATH, "register.item.new", new ItemForm("", "TEXT", "", "", ""), Map.of(), null, true);
  }

  @PostMapping
  ModelAndView add(
      @ModelAttribute ItemForm form, @CurrentStaff StaffMember giver, HttpServletRequest request) {
    var reader = new FormReader();
    var shape = form.read(reader, null);
    if (!reader.wrong().isEmpty()) {
      return form(PATH, "register.item.new", form, reader.wrong(), null, true);
    }
    return switch (items.add(shape, giver.actor(), request.getRemoteAddr())) {
      case DONE -> new ModelAndView("redirect:" + PATH);
      case NAME_TAKEN ->
          form(
              PATH,
              "register.item.new",
              form,
              Map.of("name", Text.of("register.wrong.nameTaken")),
              null,
              true);
      case TOO_MANY ->
          form(
              PATH,
              "register.item.new",
              form,
              Map.of(),
              Text.of("register.wrong.tooMany", String.valueOf(Items.MOST)),
              true);
    };
  }

  @GetMapping("/{item}/change")
  ModelAndView change(@PathVariable UUID item) {
    return form(
        path(item), "register.item.change", ItemForm.of(items.get(item)), Map.of(), null, false);
  }

  @PostMapping("/{item}/change")
  ModelAndView changed(
      @PathVariable UUID item,
      @ModelAttribute ItemForm form,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request) {
    var current = items.get(item);
    var reader = new FormReader();
    var shape = form.read(reader, current.kind());
    var typed =
        new ItemForm(
            form.name(), current.kind().name(), form.mandatory(), form.listed(), form.choices());
    if (!reader.wrong().isEmpty()) {
      return form(path(item), "register.item.change", typed, reader.wrong(), null, false);
    }
    return items.change(current, shape, giver.actor(), request.getRemoteAddr())
            == Items.Outcome.DONE
        ? new ModelAndView("redirect:" + PATH)
        : form(
            path(item),
            "register.item.change",
            typed,
            Map.of("name", Text.of("register.wrong.nameTaken")),
            null,
            false);
  }

  @PostMapping("/{item}/retirement")
  String retire(
      @PathVariable UUID item, @CurrentStaff StaffMember giver, HttpServletRequest request) {
    items.retire(item, giver.actor(), request.getRemoteAddr());
    return "redirect:" + PATH;
  }

  private static String path(UUID item) {
    return PATH + "/" + item + "/change";
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("settings.title", "/settings"),
        book.crumb("register.items", PATH));
  }

  private ModelAndView form(
      String path,
      String heading,
      ItemForm typed,
      Map<String, Text> wrong,
      @org.jspecify.annotations.Nullable Text refusal,
      boolean fresh) {
    var page =
        new ModelAndView(
            "web/form",
            "page",
            Form.of(
                    book.of(heading),
                    List.of(
                        book.crumb("contract.crumb.home", "/"),
                        book.crumb("settings.title", "/settings"),
                        book.crumb("register.items", PATH),
                        book.crumb(heading, path)),
                    path,
                    typed.fields(wrong, book, fresh),
                    "register.item.submit",
                    PATH)
                .refused(refusal));
    page.setStatus(
        wrong.isEmpty() && refusal == null ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    return page;
  }
}

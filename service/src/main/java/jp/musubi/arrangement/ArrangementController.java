package jp.musubi.arrangement;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.Arrangement;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 当事者の並び: kept, changed and ended by administrators. */
@Controller
@Needs(Act.CHANGE_SETTINGS)
@RequestMapping("/settings/arrangements")
class ArrangementController {
  private static final String PATH = "/settings/arrangements";

  private final ArrangementRegister register;
  private final Book book;

  ArrangementController(ArrangementRegister register, Book book) {
    this.register = register;
    this.book = book;
  }

  /**
   * The form.
   *
   * @param slots how many counterparties it has room for
   */
  record Page(
      String heading,
      List<Crumb> crumbs,
      String path,
      List<Field> fields,
      List<ArrangementForm.SlotFields> slots,
      @Nullable Text refusal,
      String submit) {

    /** All fields that may be wrong. */
    public List<Field> all() {
      return Stream.concat(fields.stream(), slots.stream().flatMap(slot -> slot.fields().stream()))
          .toList();
    }
  }

  @GetMapping
  ModelAndView list() {
    var rows = register.inForce().stream().map(this::row).toList();
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(book.of("arrangement.title"), crumbs())
            .led(Text.of("arrangement.lead"))
            .doing(List.of(Sheet.Action.first("arrangement.new", PATH + "/new")))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("arrangement.title"),
                        List.of(
                            "arrangement.name",
                            "contract.field.kind",
                            "arrangement.order",
                            "arrangement.recipients",
                            "arrangement.steps"),
                        rows,
                        "arrangement.none"))));
  }

  private List<Sheet.Cell> row(Arrangement arrangement) {
    var path = PATH + "/" + arrangement.id();
    return List.of(
        Sheet.Cell.link(arrangement.name(), path),
        Sheet.Cell.of(
            arrangement
                .kind()
                .map(kind -> book.of("contract.kind." + kind))
                .orElseGet(() -> book.of("arrangement.kind.all"))),
        Sheet.Cell.of(order(arrangement)),
        Sheet.Cell.of(String.join("、", arrangement.recipients())),
        Sheet.Cell.of(Sheet.Action.press("arrangement.end", path + "/end", Map.of())));
  }

  /** Turn after turn in one line: who is asked together stands together. */
  private String order(Arrangement arrangement) {
    var turns = new ArrayList<String>();
    turns.add(book.of("arrangement.order.sender"));
    var asked =
        arrangement.slots().stream()
            .collect(
                Collectors.groupingBy(
                    Arrangement.Slot::place,
                    java.util.TreeMap::new,
                    Collectors.mapping(this::called, Collectors.joining("・"))));
    turns.addAll(asked.values());
    turns.add(arrangement.officeFirst() ? 1 : turns.size(), book.of("arrangement.order.office"));
    return String.join(" → ", turns);
  }

  private String called(Arrangement.Slot slot) {
    return slot.label().isEmpty() ? book.of("arrangement.order." + slot.capacity()) : slot.label();
  }

  @GetMapping("/new")
  ModelAndView begin() {
    return form(null, ArrangementForm.of(Map.of()), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping
  ModelAndView make(
      @CurrentStaff StaffMember admin,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    return save(null, admin, typed, request, flash);
  }

  @GetMapping("/{arrangement}")
  ModelAndView ask(@PathVariable UUID arrangement) {
    return form(
        arrangement, ArrangementForm.of(register.get(arrangement)), Map.of(), null, HttpStatus.OK);
  }

  @PostMapping("/{arrangement}")
  ModelAndView change(
      @PathVariable UUID arrangement,
      @CurrentStaff StaffMember admin,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    register.get(arrangement);
    return save(arrangement, admin, typed, request, flash);
  }

  @PostMapping("/{arrangement}/end")
  String end(
      @PathVariable UUID arrangement,
      @CurrentStaff StaffMember admin,
      HttpServletRequest request,
      RedirectAttributes flash) {
    register.end(arrangement, admin.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "arrangement.ended");
    return "redirect:" + PATH;
  }

  /** Keeps it, or draws the form anew with more room; what was typed stays. */
  private ModelAndView save(
      @Nullable UUID before,
      StaffMember admin,
      Map<String, String> typed,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var form = ArrangementForm.of(typed);
    if ("more".equals(typed.get("step"))) {
      return form(before, form.withMore(), Map.of(), null, HttpStatus.OK);
    }
    var reader = new FormReader();
    var read = form.read(reader);
    if (read.isEmpty()) {
      return form(before, form, reader.wrong(), null, HttpStatus.UNPROCESSABLE_CONTENT);
    }
    var ip = request.getRemoteAddr();
    var kept =
        before == null
            ? register.make(read.get(), admin.actor(), ip)
            : register.change(before, read.get(), admin.actor(), ip);
    if (kept != ArrangementRegister.Kept.KEPT) {
      return form(before, form, Map.of(), refused(kept, read.get()), HttpStatus.CONFLICT);
    }
    flash.addFlashAttribute("done", before == null ? "arrangement.made" : "arrangement.changed");
    return new ModelAndView("redirect:" + PATH);
  }

  /** Why one was not kept. */
  static Text refused(ArrangementRegister.Kept kept, Arrangement arrangement) {
    return kept == ArrangementRegister.Kept.FULL
        ? Text.of("arrangement.full", String.valueOf(ArrangementRegister.MOST))
        : Text.of("arrangement.sameName", arrangement.name());
  }

  private ModelAndView form(
      @Nullable UUID arrangement,
      ArrangementForm typed,
      Map<String, Text> wrong,
      @Nullable Text refusal,
      HttpStatus status) {
    var which = arrangement == null ? "arrangement.new" : "arrangement.change";
    var path = arrangement == null ? PATH : PATH + "/" + arrangement;
    var crumbs = new ArrayList<>(crumbs());
    crumbs.add(book.crumb(which, path));
    var page =
        new ModelAndView(
            "arrangement/form",
            "page",
            new Page(
                book.of(which),
                crumbs,
                path,
                typed.fields(book, wrong),
                typed.slotFields(book, wrong),
                refusal,
                which + ".submit"));
    page.setStatus(status);
    return page;
  }

  private List<Crumb> crumbs() {
    return List.of(
        book.crumb("contract.crumb.home", "/"),
        book.crumb("settings.title", "/settings"),
        book.crumb("arrangement.title", PATH));
  }
}

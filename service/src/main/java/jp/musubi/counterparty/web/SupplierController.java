package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.counterparty.Supplier;
import jp.musubi.counterparty.SupplierRegister;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 相手方台帳: the list, and what is registered of each. */
@Controller
@RequestMapping("/suppliers")
class SupplierController {
  private static final int MOST = 200;

  private final SupplierRegister register;
  private final SupplierSheets sheets;
  private final Book book;

  SupplierController(SupplierRegister register, SupplierSheets sheets, Book book) {
    this.register = register;
    this.sheets = sheets;
    this.book = book;
  }

  @GetMapping
  @Needs(Act.SEE_SUPPLIERS)
  ModelAndView list(
      @CurrentStaff StaffMember reader,
      @RequestParam(defaultValue = "") String words,
      @RequestParam(defaultValue = "false") boolean ended) {
    var found = register.search(words, ended, MOST);
    var actions = new ArrayList<Sheet.Action>();
    if (may(reader, Act.CHANGE_SUPPLIERS)) {
      actions.add(Sheet.Action.first("supplier.new", "/suppliers/new"));
    }
    actions.add(Sheet.Action.link("application.list", "/applications"));
    if (may(reader, Act.IMPORT_SUPPLIERS)) {
      actions.add(Sheet.Action.link("supplier.import", "/suppliers/import"));
      actions.add(Sheet.Action.link("supplier.import.mapped", "/suppliers/import/mapped"));
      actions.add(Sheet.Action.link("supplier.import.template", "/suppliers/import/template.csv"));
    }
    actions.add(
        ended
            ? Sheet.Action.link("supplier.showLive", "/suppliers")
            : Sheet.Action.link("supplier.showEnded", "/suppliers?ended=true"));
    return Screens.sheet(
        Sheet.of(book.of("supplier.list"), Screens.crumbs(book))
            .led(Text.of(ended ? "supplier.list.lead.ended" : "supplier.list.lead"))
            .doing(actions)
            .searching(new Sheet.Search("/suppliers", "supplier.search", words))
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of(
                            found.size() < MOST ? "supplier.count" : "supplier.countMost",
                            String.valueOf(found.size())),
                        List.of("supplier.name", "supplier.number", "supplier.contacts"),
                        found.stream().map(this::row).toList(),
                        words.isBlank() ? "supplier.none" : "supplier.none.found"))));
  }

  @Recorded(by = Recorded.By.NOBODY, because = "an empty form")
  @GetMapping("/new")
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView begin() {
    return form(
        "/suppliers",
        "supplier.new",
        "/suppliers",
        fields(
            new SupplierForm.Typed(null, null, null, null, null, null),
            new SupplierForm.TypedPerson(null, null, null, null, null),
            Screens.nextKey(),
            Map.of()),
        null,
        HttpStatus.OK);
  }

  @PostMapping
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView add(
      @CurrentStaff StaffMember giver,
      @ModelAttribute SupplierForm.Typed typed,
      @ModelAttribute SupplierForm.TypedPerson person,
      @RequestParam(defaultValue = "") String idempotencyKey,
      @RequestParam(defaultValue = "false") boolean sure,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var reader = new FormReader();
    var details = typed.read(reader);
    var first =
        person.isThere() ? Optional.of(person.read(reader)) : Optional.<Supplier.Person>empty();
    var key = Screens.isKey(idempotencyKey) ? idempotencyKey : Screens.nextKey();
    var fields = fields(typed, person, key, reader.wrong());
    if (!reader.wrong().isEmpty()) {
      return form(
          "/suppliers",
          "supplier.new",
          "/suppliers",
          fields,
          null,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return answer(
        register.add(key, details, first, sure, giver.actor(), request.getRemoteAddr()),
        "/suppliers",
        "supplier.new",
        "/suppliers",
        fields,
        "supplier.added",
        flash);
  }

  @GetMapping("/{supplier}")
  @Needs(Act.SEE_SUPPLIERS)
  ModelAndView show(@PathVariable UUID supplier, @CurrentStaff StaffMember reader) {
    return Screens.sheet(sheets.of(register.get(supplier), may(reader, Act.CHANGE_SUPPLIERS)));
  }

  @GetMapping("/{supplier}/change")
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView ask(@PathVariable UUID supplier) {
    var found = register.get(supplier);
    return form(
        "/suppliers/" + supplier + "/change",
        "supplier.change",
        "/suppliers/" + supplier,
        changed(SupplierForm.Typed.of(found.details()), found.version(), Map.of()),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/{supplier}/change")
  @Needs(Act.CHANGE_SUPPLIERS)
  ModelAndView change(
      @PathVariable UUID supplier,
      @CurrentStaff StaffMember giver,
      @ModelAttribute SupplierForm.Typed typed,
      @RequestParam(defaultValue = "-1") int version,
      @RequestParam(defaultValue = "false") boolean sure,
      HttpServletRequest request,
      RedirectAttributes flash) {
    register.get(supplier);
    var reader = new FormReader();
    var details = typed.read(reader);
    var path = "/suppliers/" + supplier;
    var fields = changed(typed, version, reader.wrong());
    if (!reader.wrong().isEmpty()) {
      return form(
          path + "/change",
          "supplier.change",
          path,
          fields,
          null,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return answer(
        register.change(supplier, version, details, sure, giver.actor(), request.getRemoteAddr()),
        path + "/change",
        "supplier.change",
        path,
        fields,
        "supplier.changed",
        flash);
  }

  private ModelAndView answer(
      SupplierRegister.Outcome outcome,
      String path,
      String words,
      String back,
      List<Field> fields,
      String done,
      RedirectAttributes flash) {
    return switch (outcome) {
      case SupplierRegister.Outcome.Done(var id) -> {
        flash.addFlashAttribute("done", done);
        yield new ModelAndView("redirect:/suppliers/" + id);
      }
      case SupplierRegister.Outcome.Alike(var found) -> {
        var all = new ArrayList<>(fields);
        all.addAll(Screens.sure(true));
        yield form(path, words, back, all, Screens.alike(found, book), HttpStatus.CONFLICT);
      }
    };
  }

  private List<Field> fields(
      SupplierForm.Typed typed,
      SupplierForm.TypedPerson person,
      String key,
      Map<String, Text> wrong) {
    var fields = new ArrayList<>(typed.fields(wrong));
    fields.addAll(person.fields(false, wrong, book));
    fields.add(Screens.hidden("idempotencyKey", key));
    return fields;
  }

  private static List<Field> changed(
      SupplierForm.Typed typed, int version, Map<String, Text> wrong) {
    var fields = new ArrayList<>(typed.fields(wrong));
    fields.add(Screens.hidden("version", String.valueOf(version)));
    return fields;
  }

  private List<Sheet.Cell> row(Supplier supplier) {
    var acting = supplier.contacts().stream().filter(each -> each.endedAt().isEmpty()).toList();
    return List.of(
        Sheet.Cell.link(supplier.details().name(), "/suppliers/" + supplier.id())
            .noted(supplier.details().address()),
        Sheet.Cell.of(supplier.details().number().map(CorporateNumber::digits).orElse("")),
        Sheet.Cell.of(String.join("、", acting.stream().map(each -> each.person().name()).toList()))
            .noted(String.join("、", acting.stream().map(each -> each.person().mail()).toList())));
  }

  private ModelAndView form(
      String path,
      String words,
      String back,
      List<Field> fields,
      @Nullable Text refusal,
      HttpStatus status) {
    return Screens.form(
        Form.of(
                book.of(words),
                Screens.crumbs(book, new Crumb(book.of(words), path)),
                path,
                fields,
                words + ".submit",
                back)
            .led(Text.of(words + ".lead"))
            .refused(refusal),
        status);
  }

  private static boolean may(StaffMember reader, Act act) {
    return act.roles().stream().anyMatch(reader::may);
  }
}

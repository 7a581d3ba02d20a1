package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.counterparty.SupplierRegister;
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
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 相手方の連絡先, and the end of a supplier. */
@Controller
@RequestMapping("/suppliers/{supplier}")
@Needs(Act.CHANGE_SUPPLIERS)
class ContactController {
  private final SupplierRegister register;
  private final Book book;

  ContactController(SupplierRegister register, Book book) {
    this.register = register;
    this.book = book;
  }

  @GetMapping("/contacts/new")
  ModelAndView begin(@PathVariable UUID supplier) {
    return page(
        supplier,
        "supplier.contact.new",
        "/contacts",
        new SupplierForm.TypedPerson(null, null, null, null, null).fields(true, Map.of(), book),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/contacts")
  ModelAndView add(
      @PathVariable UUID supplier,
      @CurrentStaff StaffMember giver,
      @ModelAttribute SupplierForm.TypedPerson typed,
      @RequestParam(defaultValue = "false") boolean sure,
      HttpServletRequest request,
      RedirectAttributes flash) {
    register.get(supplier);
    var reader = new FormReader();
    var person = typed.read(reader);
    var fields = typed.fields(true, reader.wrong(), book);
    if (!reader.wrong().isEmpty()) {
      return page(
          supplier,
          "supplier.contact.new",
          "/contacts",
          fields,
          null,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return answer(
        register.add(supplier, person, sure, giver.actor(), request.getRemoteAddr()),
        supplier,
        "supplier.contact.new",
        "/contacts",
        fields,
        "supplier.contact.added",
        flash);
  }

  @GetMapping("/contacts/{contact}/change")
  ModelAndView ask(@PathVariable UUID supplier, @PathVariable UUID contact) {
    var found = register.contact(supplier, contact);
    return page(
        supplier,
        "supplier.contact.change",
        "/contacts/" + contact + "/change",
        versioned(
            SupplierForm.TypedPerson.of(found.person()).fields(true, Map.of(), book),
            found.version()),
        null,
        HttpStatus.OK);
  }

  @PostMapping("/contacts/{contact}/change")
  ModelAndView change(
      @PathVariable UUID supplier,
      @PathVariable UUID contact,
      @CurrentStaff StaffMember giver,
      @ModelAttribute SupplierForm.TypedPerson typed,
      @RequestParam(defaultValue = "-1") int version,
      @RequestParam(defaultValue = "false") boolean sure,
      HttpServletRequest request,
      RedirectAttributes flash) {
    register.contact(supplier, contact);
    var path = "/contacts/" + contact + "/change";
    var reader = new FormReader();
    var person = typed.read(reader);
    var fields = versioned(typed.fields(true, reader.wrong(), book), version);
    if (!reader.wrong().isEmpty()) {
      return page(
          supplier,
          "supplier.contact.change",
          path,
          fields,
          null,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    return answer(
        register.change(
            supplier, contact, version, person, sure, giver.actor(), request.getRemoteAddr()),
        supplier,
        "supplier.contact.change",
        path,
        fields,
        "supplier.contact.changed",
        flash);
  }

  @PostMapping("/contacts/{contact}/end")
  ModelAndView endContact(
      @PathVariable UUID supplier,
      @PathVariable UUID contact,
      @CurrentStaff StaffMember giver,
      HttpServletRequest request,
      RedirectAttributes flash) {
    register.endContact(supplier, contact, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "supplier.contact.ended");
    return new ModelAndView("redirect:/suppliers/" + supplier);
  }

  @GetMapping("/end")
  ModelAndView askEnd(@PathVariable UUID supplier) {
    return page(supplier, "supplier.end", "/end", reason(null, null), null, HttpStatus.OK);
  }

  /** 「この相手方を使わない」. */
  @PostMapping("/end")
  ModelAndView end(
      @PathVariable UUID supplier,
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String reason,
      HttpServletRequest request,
      RedirectAttributes flash) {
    register.get(supplier);
    var reader = new FormReader();
    var why = reader.line("reason", reason, 200, true);
    if (!reader.wrong().isEmpty()) {
      return page(
          supplier,
          "supplier.end",
          "/end",
          reason(reason, reader.wrong().get("reason")),
          null,
          HttpStatus.UNPROCESSABLE_CONTENT);
    }
    register.end(supplier, why, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "supplier.ended");
    return new ModelAndView("redirect:/suppliers/" + supplier);
  }

  private static List<Field> reason(@Nullable String typed, @Nullable Text wrong) {
    return List.of(
        Field.required("reason", "supplier.end.reason")
            .hinted("supplier.end.reason.hint")
            .with(typed)
            .wrong(wrong));
  }

  private static List<Field> versioned(List<Field> fields, int version) {
    var all = new ArrayList<>(fields);
    all.add(Screens.hidden("version", String.valueOf(version)));
    return all;
  }

  private ModelAndView answer(
      SupplierRegister.Outcome outcome,
      UUID supplier,
      String words,
      String path,
      List<Field> fields,
      String done,
      RedirectAttributes flash) {
    return switch (outcome) {
      case SupplierRegister.Outcome.Done _ -> {
        flash.addFlashAttribute("done", done);
        yield new ModelAndView("redirect:/suppliers/" + supplier);
      }
      case SupplierRegister.Outcome.Alike(var found) -> {
        var all = new ArrayList<>(fields);
        all.addAll(Screens.sure(true));
        yield page(supplier, words, path, all, Screens.alike(found, book), HttpStatus.CONFLICT);
      }
    };
  }

  private ModelAndView page(
      UUID supplier,
      String words,
      String path,
      List<Field> fields,
      @Nullable Text refusal,
      HttpStatus status) {
    var name = register.get(supplier).details().name();
    var base = "/suppliers/" + supplier;
    return Screens.form(
        Form.of(
                book.of(words),
                Screens.crumbs(book, new Crumb(name, base), new Crumb(book.of(words), base + path)),
                base + path,
                fields,
                words + ".submit",
                base)
            .led(Text.of(words + ".lead", name))
            .refused(refusal),
        status);
  }
}

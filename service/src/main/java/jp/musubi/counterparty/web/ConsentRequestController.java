package jp.musubi.counterparty.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.counterparty.Consents;
import jp.musubi.counterparty.Supplier;
import jp.musubi.counterparty.SupplierRegister;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
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
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** 承諾を求める: a mail to somebody who acts for a supplier. */
@Controller
@RequestMapping("/suppliers/{supplier}/consents")
@Needs(Act.CHANGE_SUPPLIERS)
class ConsentRequestController {
  private final SupplierRegister register;
  private final Consents consents;
  private final Organisations organisations;
  private final Book book;

  ConsentRequestController(
      SupplierRegister register, Consents consents, Organisations organisations, Book book) {
    this.register = register;
    this.consents = consents;
    this.organisations = organisations;
    this.book = book;
  }

  @GetMapping("/new")
  ModelAndView begin(@PathVariable UUID supplier) {
    return form(register.get(supplier), null, null, Map.of(), HttpStatus.OK);
  }

  @PostMapping
  ModelAndView ask(
      @PathVariable UUID supplier,
      @CurrentStaff StaffMember giver,
      @RequestParam(required = false) @Nullable String contact,
      @RequestParam(required = false) @Nullable String contractTitle,
      HttpServletRequest request,
      RedirectAttributes flash) {
    var found = register.get(supplier);
    if (!found.isLive()) {
      throw new NotFound("supplier " + supplier + " has ended");
    }
    var reader = new FormReader();
    var title = reader.line("contractTitle", contractTitle, 200, false);
    var chosen =
        acting(found).stream().filter(each -> each.id().toString().equals(contact)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("contact", "people.wrong.choose");
    }
    if (!reader.wrong().isEmpty()) {
      return form(found, contact, contractTitle, reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT);
    }
    consents.ask(
        found, chosen.orElseThrow().person(), title, giver.actor(), request.getRemoteAddr());
    flash.addFlashAttribute("done", "consent.asked");
    return new ModelAndView("redirect:/suppliers/" + supplier);
  }

  /** Who may consent: whoever checks only may not. */
  private List<Supplier.Contact> acting(Supplier supplier) {
    return supplier.contacts().stream()
        .filter(each -> each.actsOn(organisations.today()))
        .filter(each -> each.person().capacity() != Supplier.Capacity.CLERK)
        .toList();
  }

  private ModelAndView form(
      Supplier supplier,
      @Nullable String contact,
      @Nullable String contractTitle,
      Map<String, Text> wrong,
      HttpStatus status) {
    var base = "/suppliers/" + supplier.id();
    var name = supplier.details().name();
    var acting = acting(supplier);
    var choices = new ArrayList<Option>();
    choices.add(new Option("", book.of("people.choose")));
    acting.forEach(each ->
        choices.add(
            new Option(
                each.id().toString(),
                "%s %s <%s>"
                    .formatted(each.person().title(), each.person().name(), each.person().mail())
                    .strip())));
    return Screens.form(
        Form.of(
                book.of("consent.ask"),
                Screens.crumbs(
                    book,
                    new Crumb(name, base),
                    new Crumb(book.of("consent.ask"), base + "/consents/new")),
                base + "/consents",
                List.of(
                    Field.required("contact", "consent.contact")
                        .hinted("consent.contact.hint")
                        .offering(choices)
                        // Where there is one only, nobody has to choose.
                        .with(
                            contact == null && acting.size() == 1
                                ? acting.getFirst().id().toString()
                                : contact)
                        .wrong(wrong.get("contact")),
                    Field.optional("contractTitle", "consent.contractTitle")
                        .hinted("consent.contractTitle.hint")
                        .with(contractTitle)
                        .wrong(wrong.get("contractTitle"))),
                "consent.ask.submit",
                base)
            .led(Text.of("consent.ask.lead", name)),
        status);
  }
}

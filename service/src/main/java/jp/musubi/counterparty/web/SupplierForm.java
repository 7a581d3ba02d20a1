package jp.musubi.counterparty.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.counterparty.CorporateNumber;
import jp.musubi.counterparty.Supplier;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** The fields of a supplier and of somebody who acts for it, as typed. */
final class SupplierForm {
  private SupplierForm() {}

  /** A supplier as typed. */
  record Typed(
      @Nullable String organisation,
      @Nullable String number,
      @Nullable String address,
      @Nullable String phone,
      @Nullable String notes,
      @Nullable String code) {

    static Typed of(Supplier.Details details) {
      return new Typed(
          details.name(),
          details.number().map(CorporateNumber::digits).orElse(""),
          details.address(),
          details.phone(),
          details.notes(),
          details.code());
    }

    Supplier.Details read(FormReader reader) {
      return new Supplier.Details(
          reader.line("organisation", organisation, 100, true),
          SupplierForm.number(reader, number),
          reader.line("address", address, 200, false),
          reader.line("phone", phone, 50, false),
          reader.lines("notes", notes, 1000, false),
          reader.line("code", code, 50, false));
    }

    List<Field> fields(Map<String, Text> wrong) {
      return List.of(
          Field.required("organisation", "supplier.name")
              .hinted("supplier.name.hint")
              .with(organisation)
              .wrong(wrong.get("organisation")),
          Field.optional("number", "supplier.number")
              .hinted("supplier.number.hint")
              .drawn(new Field.Look("text", "off", "numeric", "medium", null, 20, null))
              .with(number)
              .wrong(wrong.get("number")),
          Field.optional("code", "supplier.code")
              .hinted("supplier.code.hint")
              .drawn(new Field.Look("text", "off", null, "medium", null, 50, null))
              .with(code)
              .wrong(wrong.get("code")),
          Field.optional("address", "supplier.address").with(address).wrong(wrong.get("address")),
          Field.optional("phone", "supplier.phone")
              .drawn(new Field.Look("text", "off", "tel", "medium", null, 50, null))
              .with(phone)
              .wrong(wrong.get("phone")),
          Field.optional("notes", "supplier.notes")
              .hinted("supplier.notes.hint")
              .drawn(Form.LINES)
              .with(notes)
              .wrong(wrong.get("notes")));
    }
  }

  /** Somebody who acts for a supplier, as typed. */
  record TypedPerson(
      @Nullable String person,
      @Nullable String title,
      @Nullable String mail,
      @Nullable String capacity,
      @Nullable String until) {

    static TypedPerson of(Supplier.Person person) {
      return new TypedPerson(
          person.name(),
          person.title(),
          person.mail(),
          person.capacity().name(),
          person.until().map(JapaneseDates::date).orElse(""));
    }

    /** Whether anything was typed at all. */
    boolean isThere() {
      return !(isBlank(person) && isBlank(title) && isBlank(mail));
    }

    Supplier.Person read(FormReader reader) {
      return new Supplier.Person(
          reader.line("person", person, 50, true),
          reader.line("title", title, 50, false),
          reader.mail("mail", mail),
          SupplierForm.capacity(reader, capacity),
          reader.day("until", until));
    }

    List<Field> fields(boolean required, Map<String, Text> wrong, Book book) {
      var fields = new ArrayList<Field>();
      fields.add(
          field("person", "supplier.person", required)
              .hinted("supplier.person.hint")
              .with(person)
              .wrong(wrong.get("person")));
      fields.add(
          Field.optional("title", "supplier.title")
              .hinted("supplier.title.hint")
              .with(title)
              .wrong(wrong.get("title")));
      fields.add(
          field("mail", "supplier.mail", required)
              .hinted("supplier.mail.hint")
              .drawn(Field.Look.MAIL)
              .with(mail)
              .wrong(wrong.get("mail")));
      fields.add(
          field("capacity", "supplier.capacity", required)
              .hinted("supplier.capacity.hint")
              .offering(capacities(book))
              .with(capacity == null ? Supplier.Capacity.REPRESENTATIVE.name() : capacity)
              .wrong(wrong.get("capacity")));
      fields.add(
          Field.optional("until", "supplier.until")
              .hinted("supplier.until.hint")
              .drawn(Form.DAY)
              .with(until)
              .wrong(wrong.get("until")));
      return fields;
    }

    private static Field field(String name, String label, boolean required) {
      return required ? Field.required(name, label) : Field.optional(name, label);
    }

    private static boolean isBlank(@Nullable String text) {
      return text == null || text.isBlank();
    }
  }

  /** A 法人番号 as typed; none when nothing was. */
  static Optional<CorporateNumber> number(FormReader reader, @Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      return Optional.empty();
    }
    var number = CorporateNumber.parse(typed);
    if (number.isEmpty()) {
      reader.reject("number", "supplier.wrong.number");
    }
    return number;
  }

  private static Supplier.Capacity capacity(FormReader reader, @Nullable String typed) {
    for (var capacity : Supplier.Capacity.values()) {
      if (capacity.name().equals(typed)) {
        return capacity;
      }
    }
    reader.reject("capacity", "people.wrong.choose");
    return Supplier.Capacity.CLERK;
  }

  private static List<Option> capacities(Book book) {
    return java.util.Arrays.stream(Supplier.Capacity.values())
        .map(each -> new Option(each.name(), book.of("supplier.capacity." + each)))
        .toList();
  }
}

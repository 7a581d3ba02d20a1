package jp.musubi.counterparty.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.counterparty.Application;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * 利用申出 as typed by somebody without an account.
 *
 * @param authority {@code REPRESENTATIVE} or {@code AGENT}
 * @param scope {@code STANDING} or {@code ONE}
 * @param consent {@code true} when ticked, as the next
 * @param agreed the box below the sentences
 */
record ApplicationForm(
    @Nullable String organisation,
    @Nullable String number,
    @Nullable String address,
    @Nullable String phone,
    @Nullable String name,
    @Nullable String title,
    @Nullable String mail,
    @Nullable String authority,
    @Nullable String authorityText,
    @Nullable String clerkName,
    @Nullable String clerkMail,
    @Nullable String scope,
    @Nullable String contractTitle,
    @Nullable String validUntil,
    @Nullable String consent,
    @Nullable String agreed) {
  /** A person in office for longer is asked anew. */
  private static final int MOST_YEARS = 3;

  static final ApplicationForm EMPTY =
      new ApplicationForm(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null);

  /** What it means, if it means something. */
  Optional<Application.Said> read(FormReader reader, LocalDate today) {
    var agent = "AGENT".equals(authority);
    if (!agent && !"REPRESENTATIVE".equals(authority)) {
      reader.reject("authority", "people.wrong.choose");
    }
    var one = "ONE".equals(scope);
    if (!one && !"STANDING".equals(scope)) {
      reader.reject("scope", "people.wrong.choose");
    }
    var withClerk = isSaid(clerkName) || isSaid(clerkMail);
    var until = reader.day("validUntil", validUntil);
    if (until.isEmpty()) {
      reader.reject("validUntil", "web.wrong.day");
    } else if (until.get().isBefore(today) || until.get().isAfter(today.plusYears(MOST_YEARS))) {
      reader.reject("validUntil", "application.wrong.until", String.valueOf(MOST_YEARS));
    }
    if (!"true".equals(agreed)) {
      reader.reject("agreed", "application.wrong.agreed");
    }
    var said =
        new Application.Said(
            reader.line("organisation", organisation, 100, true),
            SupplierForm.number(reader, number),
            reader.line("address", address, 200, true),
            reader.line("phone", phone, 50, true),
            new Application.Signatory(
                reader.line("name", name, 50, true),
                reader.line("title", title, 50, false),
                reader.mail("mail", mail),
                agent,
                agent ? reader.lines("authorityText", authorityText, 1000) : ""),
            withClerk ? reader.line("clerkName", clerkName, 50, true) : "",
            withClerk ? reader.mail("clerkMail", clerkMail) : "",
            one ? reader.line("contractTitle", contractTitle, 200, true) : "",
            until.orElse(today),
            "true".equals(consent));
    return reader.wrong().isEmpty() ? Optional.of(said) : Optional.empty();
  }

  private static boolean isSaid(@Nullable String text) {
    return text != null && !text.isBlank();
  }

  /** Who applies. */
  List<Field> organisationFields(Map<String, Text> wrong) {
    return List.of(
        text("organisation", "application.organisation", true, organisation, "organization", wrong)
            .hinted("supplier.name.hint"),
        text("number", "supplier.number", false, number, "off", wrong)
            .hinted("supplier.number.hint"),
        text("address", "supplier.address", true, address, "street-address", wrong),
        text("phone", "supplier.phone", true, phone, "tel", wrong));
  }

  /** Who agrees, and who checks before. */
  List<Field> peopleFields(Map<String, Text> wrong, Book book) {
    return List.of(
        text("name", "application.name", true, name, "name", wrong).hinted("application.name.hint"),
        text("title", "application.title", false, title, "organization-title", wrong)
            .hinted("supplier.title.hint"),
        mail("mail", "application.mail", true, mail, wrong).hinted("application.mail.hint"),
        Field.required("authority", "application.authority")
            .offering(options(book, "application.authority.", "REPRESENTATIVE", "AGENT"))
            .with(authority == null ? "REPRESENTATIVE" : authority)
            .wrong(wrong.get("authority")),
        Field.optional("authorityText", "application.authorityText")
            .drawn(Form.LINES)
            .hinted("application.authorityText.hint")
            .with(authorityText)
            .wrong(wrong.get("authorityText")),
        text("clerkName", "application.clerkName", false, clerkName, "off", wrong)
            .hinted("application.clerkName.hint"),
        mail("clerkMail", "application.clerkMail", false, clerkMail, wrong));
  }

  /** For what, and until when. */
  List<Field> scopeFields(Map<String, Text> wrong, Book book) {
    return List.of(
        Field.required("scope", "application.scope")
            .offering(options(book, "application.scope.", "STANDING", "ONE"))
            .with(scope == null ? "STANDING" : scope)
            .wrong(wrong.get("scope")),
        text("contractTitle", "application.contractTitle", false, contractTitle, "off", wrong)
            .hinted("application.contractTitle.hint"),
        Field.required("validUntil", "application.validUntil")
            .drawn(Form.DAY)
            .hinted("application.validUntil.hint")
            .with(validUntil)
            .wrong(wrong.get("validUntil")),
        Field.optional("consent", "application.wantsConsent")
            .drawn(Form.TICK)
            .hinted("application.wantsConsent.hint")
            .with(consent));
  }

  /** The box below the sentences. */
  Field agreement(Map<String, Text> wrong) {
    return Field.required("agreed", "application.agreed")
        .drawn(Form.TICK)
        .with(agreed)
        .wrong(wrong.get("agreed"));
  }

  private static Field text(
      String name,
      String label,
      boolean required,
      @Nullable String typed,
      String autocomplete,
      Map<String, Text> wrong) {
    return (required ? Field.required(name, label) : Field.optional(name, label))
        .drawn(new Field.Look("text", autocomplete, null, null, null, 200, null))
        .with(typed)
        .wrong(wrong.get(name));
  }

  private static Field mail(
      String name,
      String label,
      boolean required,
      @Nullable String typed,
      Map<String, Text> wrong) {
    return (required ? Field.required(name, label) : Field.optional(name, label))
        .drawn(Field.Look.MAIL)
        .with(typed)
        .wrong(wrong.get(name));
  }

  private static List<Option> options(Book book, String words, String... values) {
    return java.util.Arrays.stream(values)
        .map(each -> new Option(each, book.shown(words + each)))
        .toList();
  }
}

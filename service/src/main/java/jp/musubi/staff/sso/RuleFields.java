package jp.musubi.staff.sso;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.authority.Grant;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The fields that the settings of every kind of provider have. */
@Component
class RuleFields {
  private final SectionRegister sections;
  private final Organisations organisations;
  private final Book book;

  RuleFields(SectionRegister sections, Organisations organisations, Book book) {
    this.sections = sections;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * As typed.
   *
   * @param byMail not sent at all where its box is empty
   */
  record Typed(
      @Nullable String loginClaim,
      @Nullable String nameClaim,
      @Nullable String mailClaim,
      @Nullable String groupsClaim,
      @Nullable String strong,
      @Nullable Boolean byMail,
      @Nullable String section) {

    /** What OIDC providers call it. */
    static final Typed FIRST_OIDC =
        new Typed("preferred_username", "name", "email", "", "", false, "");

    /** What providers of universities and Japanese bodies call it (eduPerson, LDAP). */
    static final Typed FIRST_SAML =
        new Typed(
            "urn:oid:0.9.2342.19200300.100.1.1",
            "urn:oid:2.16.840.1.113730.3.1.241",
            "urn:oid:0.9.2342.19200300.100.1.3",
            "",
            "",
            false,
            "");

    static Typed of(Provider.Rules rules) {
      return new Typed(
          rules.claims().login(),
          rules.claims().name(),
          rules.claims().mail(),
          rules.claims().groups(),
          rules.strong().stream().sorted().collect(Collectors.joining(" ")),
          rules.linksByMail(),
          rules.section() == null ? "" : rules.section().toString());
    }
  }

  /** Reads them, and notes what is wrong. */
  Provider.Rules read(FormReader reader, Typed typed) {
    var strong = reader.line("strong", typed.strong(), 1000, false);
    return new Provider.Rules(
        new Provider.Claims(
            reader.line("loginClaim", typed.loginClaim(), 200, true),
            reader.line("nameClaim", typed.nameClaim(), 200, true),
            reader.line("mailClaim", typed.mailClaim(), 200, true),
            reader.line("groupsClaim", typed.groupsClaim(), 200, false)),
        strong.isEmpty() ? Set.of() : Set.copyOf(List.of(strong.split("[\\s　]+"))),
        Boolean.TRUE.equals(typed.byMail()),
        section(reader, typed.section()));
  }

  /** The section that was chosen; null for none. */
  @Nullable UUID section(FormReader reader, @Nullable String chosen) {
    if (chosen == null || chosen.isBlank()) {
      return null;
    }
    var open = options().stream().map(Option::value).filter(chosen::equals).findFirst();
    if (open.isEmpty()) {
      reader.reject("section", "people.wrong.choose");
    }
    return open.map(UUID::fromString).orElse(null);
  }

  List<Field> fields(Provider.Kind kind, Typed typed, Map<String, Text> wrong) {
    var fields = new ArrayList<Field>();
    fields.add(
        Field.optional("strong", "sso.strong")
            .hinted("sso.strong.hint." + kind)
            .with(typed.strong())
            .wrong(wrong.get("strong")));
    fields.add(
        Field.optional("byMail", "sso.byMail." + kind)
            .hinted("sso.byMail.hint." + kind)
            .drawn(Form.TICK)
            .with(String.valueOf(Boolean.TRUE.equals(typed.byMail()))));
    fields.add(
        Field.optional("section", "sso.section")
            .hinted("sso.section.hint")
            .offering(
                Stream.concat(
                        Stream.of(new Option("", book.of("sso.section.none"))), options().stream())
                    .toList())
            .with(typed.section())
            .wrong(wrong.get("section")));
    for (var claim : List.of("login", "name", "mail")) {
      fields.add(
          Field.required(claim + "Claim", "sso.claim." + claim)
              .hinted("sso.claim.hint." + kind)
              .with(
                  switch (claim) {
                    case "login" -> typed.loginClaim();
                    case "name" -> typed.nameClaim();
                    default -> typed.mailClaim();
                  })
              .wrong(wrong.get(claim + "Claim")));
    }
    fields.add(
        Field.optional("groupsClaim", "sso.claim.groups")
            .hinted("sso.claim.groups.hint")
            .with(typed.groupsClaim())
            .wrong(wrong.get("groupsClaim")));
    return fields;
  }

  /** Where a right is held, in words. */
  String place(Grant grant) {
    return grant.section() == null
        ? book.of("staff.wholeBody")
        : organisations.section(grant.section()).map(Section::name).orElse("—");
  }

  /** A right and where it is held, in words. */
  String words(Grant grant) {
    return book.of("sso.groups.gives", book.of("role." + grant.role()), place(grant));
  }

  /** All sections, as choices. */
  List<Option> options() {
    return sections.tree(organisations.today()).inOrder().stream()
        .map(placed ->
            new Option(
                placed.term().section().toString(),
                "　".repeat(placed.depth()) + placed.term().name()))
        .toList();
  }
}

package jp.musubi.contract.web;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.Counterparty;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.organisation.Office;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/**
 * Step 2 as typed: who signs.
 *
 * @param identity {@code code} for mail and access code, {@code mail} for mail alone
 * @param office key of the 契約名義
 */
record PartiesForm(
    @Nullable String organisation,
    @Nullable String title,
    @Nullable String name,
    @Nullable String mail,
    @Nullable String identity,
    @Nullable String office) {

  /** What the form means, if it means something. */
  record Meaning(Counterparty counterparty, Office office) {}

  /** The form as it was last saved; at first with the safer identification and the only office. */
  static PartiesForm of(Particulars draft, boolean accessCode, List<Office> offices) {
    var office =
        draft
            .officeId()
            .map(UUID::toString)
            .orElseGet(() -> offices.size() == 1 ? offices.getFirst().id().toString() : null);
    var parties = draft.parties(Party.Kind.COUNTERPARTY);
    if (parties.isEmpty()) {
      return new PartiesForm(null, null, null, null, "code", office);
    }
    var party = parties.getFirst();
    return new PartiesForm(
        party.organisation(),
        party.title(),
        party.name(),
        party.mail(),
        accessCode ? "code" : "mail",
        office);
  }

  Optional<Meaning> read(FormReader reader, List<Office> offices) {
    var counterparty =
        new Counterparty(
            reader.line("organisation", organisation, 100, true),
            reader.line("title", title, 50, false),
            reader.line("name", name, 50, true),
            reader.mail("mail", mail),
            "code".equals(identity));
    if (!"code".equals(identity) && !"mail".equals(identity)) {
      reader.reject("identity", "contract.wrong.choose");
    }
    var chosen = offices.stream().filter(o -> o.id().toString().equals(office)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("office", "contract.wrong.choose");
    }
    return reader.wrong().isEmpty()
        ? chosen.map(o -> new Meaning(counterparty, o))
        : Optional.empty();
  }

  List<Field> fields(List<Office> offices, Map<String, Text> wrong, Words words) {
    return List.of(
        Field.required("organisation", "contract.field.organisation")
            .hinted("contract.field.organisation.hint")
            .with(organisation)
            .wrong(wrong.get("organisation")),
        Field.optional("title", "contract.field.position")
            .hinted("contract.field.position.hint")
            .with(title)
            .wrong(wrong.get("title")),
        Field.required("name", "contract.field.name")
            .hinted("contract.field.name.hint")
            .with(name)
            .wrong(wrong.get("name")),
        Field.required("mail", "contract.field.mail")
            .hinted("contract.field.mail.hint")
            .drawn(Field.Look.MAIL)
            .with(mail)
            .wrong(wrong.get("mail")),
        Field.required("identity", "contract.field.identity")
            .hinted("contract.field.identity.hint")
            .offering(
                List.of(
                    new Option("code", words.of("contract.field.identity.code")),
                    new Option("mail", words.of("contract.field.identity.mail"))))
            .with(identity)
            .wrong(wrong.get("identity")),
        Field.required("office", "contract.field.office")
            .hinted("contract.field.office.hint")
            .offering(
                offices.stream()
                    .map(o -> new Option(o.id().toString(), o.title() + "　" + o.holderName()))
                    .toList())
            .with(office)
            .wrong(wrong.get("office")));
  }
}

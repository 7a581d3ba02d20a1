package jp.musubi.bulk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Drafts;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A new form as typed.
 *
 * @param scope {@code own} for the person's section, {@code body} for the whole body
 */
record TemplateForm(
    @Nullable String name,
    @Nullable String kind,
    @Nullable String scope,
    @Nullable String renews,
    @Nullable String councilVote) {
  /** Stands for a file that is still to be taken in. */
  private static final Drafts.Document NONE = new Drafts.Document("-", Sha256.of(new byte[0]), 1);

  static TemplateForm empty() {
    return new TemplateForm(null, "", "own", null, null);
  }

  /** What was typed, as a form without its file. */
  Optional<Template> read(FormReader reader, UUID ownSection) {
    var chosen =
        Arrays.stream(ContractKind.values()).filter(each -> each.name().equals(kind)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("kind", "contract.wrong.choose");
    }
    if (!"own".equals(scope) && !"body".equals(scope)) {
      reader.reject("scope", "contract.wrong.choose");
    }
    var title = reader.line("name", name, 100, true);
    return reader.wrong().isEmpty()
        ? Optional.of(
            new Template(
                UUID.randomUUID(),
                title,
                chosen.orElseThrow(),
                "own".equals(scope) ? Optional.of(ownSection) : Optional.empty(),
                "true".equals(renews),
                "true".equals(councilVote),
                NONE,
                Optional.empty(),
                Optional.empty(),
                List.of()))
        : Optional.empty();
  }

  List<Field> fields(Map<String, Text> wrong, List<Option> scopes, Book book) {
    return List.of(
        Field.required("name", "bulk.template.name")
            .hinted("bulk.template.name.hint")
            .with(name)
            .wrong(wrong.get("name")),
        Field.required("kind", "contract.field.kind")
            .offering(Screens.kinds(book))
            .with(kind)
            .wrong(wrong.get("kind")),
        Field.required("scope", "bulk.template.scope")
            .offering(scopes)
            .with(scope)
            .wrong(wrong.get("scope")),
        Field.required("file", "bulk.template.file")
            .hinted("bulk.template.file.hint")
            .drawn(Field.Look.PDF)
            .wrong(wrong.get("file")),
        Field.optional("renews", "eligibility.field.renews").drawn(Form.TICK).with(renews),
        Field.optional("councilVote", "eligibility.field.councilVote")
            .hinted("eligibility.field.councilVote.hint")
            .drawn(Form.TICK)
            .with(councilVote));
  }
}

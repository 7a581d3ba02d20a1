package jp.musubi.folder;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** 振り分けの規則 as typed. */
record FilingRuleForm(
    @Nullable String folder,
    @Nullable String kind,
    @Nullable String section,
    @Nullable String title,
    @Nullable String party) {
  private static final int LONGEST = 100;

  /**
   * What may be chosen.
   *
   * @param folders first is none
   * @param kinds first is any
   * @param sections first is any
   */
  record Offered(List<Option> folders, List<Option> kinds, List<Option> sections) {}

  static FilingRuleForm of(FilingRule rule) {
    return new FilingRuleForm(
        rule.folder().toString(),
        rule.kind().map(Enum::name).orElse(""),
        rule.section().map(UUID::toString).orElse(""),
        rule.titleHas(),
        rule.partyHas());
  }

  /** Reads it; empty where something is wrong, which the reader notes. */
  Optional<FilingRule> read(FormReader reader, Optional<UUID> id, Offered offered) {
    var into = chosen(folder, offered.folders());
    if (into.isEmpty()) {
      reader.reject("folder", "folder.rule.wrong.folder");
    }
    var rule =
        new FilingRule(
            id,
            into.orElseGet(() -> new UUID(0, 0)),
            Arrays.stream(ContractKind.values())
                .filter(each -> each.name().equals(kind))
                .findFirst(),
            chosen(section, offered.sections()),
            reader.line("title", title, LONGEST, false),
            reader.line("party", party, LONGEST, false));
    if (rule.asksNothing()) {
      reader.reject("title", "folder.rule.wrong.nothing");
    }
    return reader.wrong().isEmpty() ? Optional.of(rule) : Optional.empty();
  }

  private static Optional<UUID> chosen(@Nullable String typed, List<Option> offered) {
    return offered.stream()
        .map(Option::value)
        .filter(value -> !value.isEmpty() && value.equals(typed))
        .findFirst()
        .map(UUID::fromString);
  }

  List<Field> fields(Map<String, Text> wrong, Offered offered) {
    return List.of(
        Field.optional("kind", "folder.rule.kind").offering(offered.kinds()).with(kind),
        Field.optional("section", "folder.rule.section").offering(offered.sections()).with(section),
        Field.optional("title", "folder.rule.title")
            .hinted("folder.rule.title.hint")
            .with(title)
            .wrong(wrong.get("title")),
        Field.optional("party", "folder.rule.party").with(party).wrong(wrong.get("party")),
        Field.required("folder", "folder.rule.folder")
            .hinted("folder.rule.folder.hint")
            .offering(offered.folders())
            .with(folder)
            .wrong(wrong.get("folder")));
  }
}

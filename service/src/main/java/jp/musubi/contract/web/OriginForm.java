package jp.musubi.contract.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.musubi.contract.Origin;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Relation;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** もとの契約 as typed. */
record OriginForm(
    @Nullable String relation,
    @Nullable String where,
    @Nullable String number,
    @Nullable String paperNumber,
    @Nullable String paperTitle,
    @Nullable String paperDate) {
  private static final String HERE = "HERE";
  private static final String PAPER = "PAPER";

  /**
   * The form as it was last saved.
   *
   * @param numberOf 文書番号 of a contract
   */
  static OriginForm of(Optional<Origin> origin, Function<Origin.Registered, String> numberOf) {
    if (origin.isEmpty()) {
      return new OriginForm("", HERE, "", "", "", "");
    }
    return switch (origin.get()) {
      case Origin.Registered r ->
          new OriginForm(r.relation().name(), HERE, numberOf.apply(r), "", "", "");
      case Origin.Paper(var relation, var number, var title, var day) ->
          new OriginForm(relation.name(), PAPER, "", number, title, day.map(Words::day).orElse(""));
    };
  }

  /**
   * What was typed; empty for none, or when the reader found something wrong.
   *
   * @param find the contract of a 文書番号, as far as the reader may know of it
   */
  Optional<Origin> read(FormReader reader, Function<String, Optional<Particulars>> find) {
    var how = Arrays.stream(Relation.values()).filter(r -> r.name().equals(relation)).findFirst();
    if (how.isEmpty()) {
      return Optional.empty();
    }
    if (PAPER.equals(where)) {
      if (how.get() == Relation.REPLACEMENT) {
        reader.reject("relation", "contract.origin.wrong.paperReplaced");
      }
      return Optional.of(
          new Origin.Paper(
              how.get(),
              reader.line("paperNumber", paperNumber, 100, false),
              reader.line("paperTitle", paperTitle, 200, true),
              reader.day("paperDate", paperDate)));
    }
    var plain = reader.line("number", number, 40, true);
    var original = plain.isEmpty() ? Optional.<Particulars>empty() : find.apply(plain);
    if (!plain.isEmpty() && original.isEmpty()) {
      reader.reject("number", "contract.origin.wrong.number");
    }
    if (original.isPresent() && !how.get().suits(original.get().state())) {
      reader.reject("number", "contract.origin.wrong.state." + how.get());
    }
    return original.map(contract -> new Origin.Registered(how.get(), contract.id()));
  }

  List<Field> fields(Map<String, Text> wrong, Words words) {
    return List.of(
        Field.required("relation", "contract.origin.relation")
            .offering(relations(words))
            .with(relation == null ? "" : relation)
            .wrong(wrong.get("relation")),
        Field.required("where", "contract.origin.where")
            .offering(
                Stream.of(HERE, PAPER)
                    .map(each -> new Option(each, words.of("contract.origin.where." + each)))
                    .toList())
            .with(where == null ? HERE : where),
        Field.optional("number", "contract.origin.number")
            .hinted("contract.origin.number.hint")
            .with(number)
            .wrong(wrong.get("number")),
        Field.optional("paperTitle", "contract.origin.paperTitle")
            .with(paperTitle)
            .wrong(wrong.get("paperTitle")),
        Field.optional("paperNumber", "contract.origin.paperNumber")
            .with(paperNumber)
            .wrong(wrong.get("paperNumber")),
        Field.optional("paperDate", "contract.origin.paperDate")
            .hinted("contract.origin.paperDate.hint")
            .with(paperDate)
            .wrong(wrong.get("paperDate")));
  }

  private static List<Option> relations(Words words) {
    return Stream.concat(
            Stream.of(new Option("", words.of("contract.origin.none"))),
            Arrays.stream(Relation.values())
                .map(each -> new Option(each.name(), words.of("contract.relation." + each))))
        .toList();
  }
}

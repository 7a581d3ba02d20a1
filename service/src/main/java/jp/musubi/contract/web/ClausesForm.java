package jp.musubi.contract.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.musubi.contract.Clauses;
import jp.musubi.contract.PaperByLaw;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** The part of step 3 that decides whether the contract may be electronic, as typed. */
record ClausesForm(
    @Nullable String renews, @Nullable String councilVote, @Nullable String paperByLaw) {

  static ClausesForm of(Clauses clauses) {
    return new ClausesForm(
        String.valueOf(clauses.renews()),
        String.valueOf(clauses.councilVote()),
        clauses.byLaw().map(Enum::name).orElse(""));
  }

  Clauses read(FormReader reader) {
    return new Clauses("true".equals(renews), "true".equals(councilVote), law(reader));
  }

  private Optional<PaperByLaw> law(FormReader reader) {
    if (paperByLaw == null || paperByLaw.isEmpty()) {
      return Optional.empty();
    }
    var chosen =
        Arrays.stream(PaperByLaw.values())
            .filter(each -> each.name().equals(paperByLaw))
            .findFirst();
    if (chosen.isEmpty()) {
      reader.reject("paperByLaw", "contract.wrong.choose");
    }
    return chosen;
  }

  List<Field> fields(Map<String, Text> wrong, Words words) {
    return List.of(
        Field.optional("renews", "eligibility.field.renews").drawn(Form.TICK).with(renews),
        Field.optional("councilVote", "eligibility.field.councilVote")
            .hinted("eligibility.field.councilVote.hint")
            .drawn(Form.TICK)
            .with(councilVote),
        Field.optional("paperByLaw", "eligibility.field.paperByLaw")
            .hinted("eligibility.field.paperByLaw.hint")
            .offering(laws(words))
            .with(paperByLaw)
            .wrong(wrong.get("paperByLaw")));
  }

  private static List<Option> laws(Words words) {
    return Stream.concat(
            Stream.of(new Option("", words.of("eligibility.law.none"))),
            Arrays.stream(PaperByLaw.values())
                .map(each -> new Option(each.name(), words.of("eligibility.law." + each))))
        .toList();
  }
}

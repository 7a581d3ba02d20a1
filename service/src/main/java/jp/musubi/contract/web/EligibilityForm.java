package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.EligibilityRules;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** The body's rules as typed, by the names of the fields. */
record EligibilityForm(Map<String, String> typed) {
  private static final String KIND = "onPaper-";
  private static final Field.Look YEARS =
      new Field.Look("text", "off", "numeric", "short", "contract.unit.years", 5, null);

  static EligibilityForm of(EligibilityRules rules) {
    var typed = new HashMap<String, String>();
    rules.longestYears().ifPresent(years -> typed.put("longestYears", String.valueOf(years)));
    if (rules.keepingYears() > 0) {
      typed.put("keepingYears", String.valueOf(rules.keepingYears()));
    }
    rules.mostYen().ifPresent(most -> typed.put("mostYen", "%,d".formatted(most)));
    typed.put("renewalOnPaper", String.valueOf(rules.renewalOnPaper()));
    typed.put("councilOnPaper", String.valueOf(rules.councilOnPaper()));
    rules.kindsOnPaper().forEach(kind -> typed.put(KIND + kind, "true"));
    return new EligibilityForm(typed);
  }

  EligibilityRules read(FormReader reader) {
    var longest = years(reader, "longestYears");
    var keeping = years(reader, "keepingYears").orElse(0);
    if (keeping > 0 && longest.isEmpty()) {
      reader.reject("keepingYears", "eligibility.wrong.keepingAlone");
    } else if (keeping > 0 && keeping >= longest.getAsInt()) {
      reader.reject("keepingYears", "eligibility.wrong.keepingLong");
    }
    var most = reader.yen("mostYen", typed.get("mostYen"));
    if (most.isPresent() && most.getAsLong() == 0) {
      reader.reject("mostYen", "eligibility.wrong.nothing");
    }
    return new EligibilityRules(
        longest,
        keeping,
        most,
        ticked("renewalOnPaper"),
        ticked("councilOnPaper"),
        Arrays.stream(ContractKind.values())
            .filter(kind -> ticked(KIND + kind))
            .collect(Collectors.toSet()));
  }

  List<Field> fields(Map<String, Text> wrong) {
    var fields = new ArrayList<Field>();
    fields.add(field("longestYears", YEARS, wrong));
    fields.add(field("keepingYears", YEARS, wrong));
    fields.add(field("mostYen", Field.Look.MONEY, wrong));
    fields.add(field("renewalOnPaper", Form.TICK, wrong));
    fields.add(field("councilOnPaper", Form.TICK, wrong));
    for (var kind : ContractKind.values()) {
      fields.add(
          Field.optional(KIND + kind, "eligibility.onPaper." + kind)
              .drawn(Form.TICK)
              .with(typed.get(KIND + kind)));
    }
    return fields;
  }

  private Field field(String name, Field.Look look, Map<String, Text> wrong) {
    return Field.optional(name, "eligibility." + name)
        .hinted("eligibility." + name + ".hint")
        .drawn(look)
        .with(typed.get(name))
        .wrong(wrong.get(name));
  }

  private OptionalInt years(FormReader reader, String name) {
    @Nullable String years = typed.get(name);
    return years == null || years.isBlank()
        ? OptionalInt.empty()
        : OptionalInt.of(reader.number(name, years, 1, 100));
  }

  private boolean ticked(String name) {
    return "true".equals(typed.get(name));
  }
}

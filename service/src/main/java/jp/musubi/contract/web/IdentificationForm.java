package jp.musubi.contract.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Identification.Level;
import jp.musubi.contract.IdentificationFloor;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** The body's 本人確認の下限 as typed, by the names of the fields. */
record IdentificationForm(Map<String, String> typed) {
  private static final String KIND = "kind-";
  private static final String SAME = "SAME";

  static IdentificationForm of(IdentificationFloor floor) {
    var typed = new HashMap<String, String>();
    typed.put("least", floor.always().name());
    floor.kinds().forEach((kind, level) -> typed.put(KIND + kind, level.name()));
    floor.fromYen().ifPresent(yen -> typed.put("fromYen", "%,d".formatted(yen)));
    typed.put("dear", floor.fromYen().isPresent() ? floor.dear().name() : SAME);
    return new IdentificationForm(typed);
  }

  IdentificationFloor read(FormReader reader) {
    var least = level("least");
    if (least.isEmpty()) {
      reader.reject("least", "contract.wrong.choose");
    }
    var kinds = new EnumMap<ContractKind, Level>(ContractKind.class);
    for (var kind : ContractKind.values()) {
      level(KIND + kind).ifPresent(level -> kinds.put(kind, level));
    }
    // What says no more than the rule for all is no rule of its own.
    least.ifPresent(always -> kinds.values().removeIf(always::reaches));
    var from = reader.yen("fromYen", typed.get("fromYen"));
    var dear = level("dear");
    if (from.isPresent() && from.getAsLong() == 0) {
      reader.reject("fromYen", "identification.wrong.nothing");
    } else if (from.isPresent() && dear.isEmpty()) {
      reader.reject("dear", "identification.wrong.dear");
    } else if (from.isEmpty() && dear.isPresent()) {
      reader.reject("fromYen", "identification.wrong.sum");
    }
    return new IdentificationFloor(
        least.orElse(Level.L1), kinds, from, dear.orElse(least.orElse(Level.L1)));
  }

  List<Field> fields(Map<String, Text> wrong, Words words) {
    var levels =
        Level.reachable().stream()
            .map(level -> new Option(level.name(), words.of("identification.level." + level)))
            .toList();
    var orSame = new ArrayList<Option>();
    orSame.add(new Option(SAME, words.of("identification.level.same")));
    orSame.addAll(levels);
    var fields = new ArrayList<Field>();
    fields.add(
        Field.required("least", "identification.least")
            .hinted("identification.least.hint")
            .offering(levels)
            .with(typed.get("least"))
            .wrong(wrong.get("least")));
    fields.add(
        Field.optional("fromYen", "identification.fromYen")
            .hinted("identification.fromYen.hint")
            .drawn(Field.Look.MONEY)
            .with(typed.get("fromYen"))
            .wrong(wrong.get("fromYen")));
    fields.add(orSame("dear", orSame, wrong).hinted("identification.dear.hint"));
    for (var kind : ContractKind.values()) {
      fields.add(orSame(KIND + kind, orSame, wrong));
    }
    return fields;
  }

  private Field orSame(String name, List<Option> options, Map<String, Text> wrong) {
    return Field.optional(name, "identification." + name)
        .offering(options)
        .with(typed.getOrDefault(name, SAME))
        .wrong(wrong.get(name));
  }

  private Optional<Level> level(String name) {
    @Nullable String chosen = typed.get(name);
    return Arrays.stream(Level.values()).filter(each -> each.name().equals(chosen)).findFirst();
  }
}

package jp.musubi.approval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;

/** 承認経路 as an administrator enters it: for what, and up to four steps of up to three posts. */
final class RouteForm {
  private static final int STEPS = 4;
  private static final int POSTS = 3;
  private static final String ANY = "ANY";
  private static final String ALL = "ALL";

  private final Map<String, String> typed;

  private RouteForm(Map<String, String> typed) {
    this.typed = Map.copyOf(typed);
  }

  /** A step's fields beside each other. */
  record StepFields(int number, List<Field> posts, Field rule) {}

  /** As typed. */
  static RouteForm of(Map<String, String> typed) {
    return new RouteForm(typed);
  }

  /** An existing route's values. */
  static RouteForm of(Route route) {
    var values = new LinkedHashMap<String, String>();
    values.put("name", route.name());
    route.condition().section().ifPresent(section -> values.put("section", section.toString()));
    route.condition().kind().ifPresent(kind -> values.put("kind", kind.name()));
    route.condition().least().ifPresent(sum -> values.put("least", String.valueOf(sum)));
    route.condition().most().ifPresent(sum -> values.put("most", String.valueOf(sum)));
    for (var at = 0; at < route.steps().size(); at++) {
      var step = route.steps().get(at);
      values.put("rule" + at, step.all() ? ALL : ANY);
      for (var seat = 0; seat < step.posts().size(); seat++) {
        values.put("post" + at + "-" + seat, step.posts().get(seat).toString());
      }
    }
    return new RouteForm(values);
  }

  /** What it means; nothing where {@code reader} has found something wrong. */
  Optional<Route> read(FormReader reader, RouteChoices choices) {
    var name = reader.line("name", text("name"), 100, true);
    var section = chosen(reader, "section", choices.sections()).map(UUID::fromString);
    var kind = chosen(reader, "kind", choices.kinds()).map(ContractKind::valueOf);
    var least = reader.yen("least", text("least"));
    var most = reader.yen("most", text("most"));
    if (least.isPresent() && most.isPresent() && most.getAsLong() < least.getAsLong()) {
      reader.reject("most", "approval.wrong.range");
    }
    var steps = steps(reader, choices);
    if (!reader.wrong().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Route(UUID.randomUUID(), name, new Route.Condition(section, kind, least, most), steps));
  }

  private List<Step> steps(FormReader reader, RouteChoices choices) {
    var steps = new ArrayList<Step>();
    for (var at = 0; at < STEPS; at++) {
      var posts = new LinkedHashSet<UUID>();
      for (var seat = 0; seat < POSTS; seat++) {
        var field = "post" + at + "-" + seat;
        var post = chosen(reader, field, choices.posts()).map(UUID::fromString);
        if (post.isPresent() && !posts.add(post.get())) {
          reader.reject(field, "approval.wrong.twice");
        }
      }
      if (!posts.isEmpty()) {
        // Empty steps in between are left out: what remains is the order.
        steps.add(new Step(List.copyOf(posts), !ANY.equals(text("rule" + at))));
      }
    }
    if (steps.isEmpty()) {
      reader.reject("post0-0", "approval.wrong.noPost");
    }
    return steps;
  }

  List<Field> fields(RouteChoices choices, Map<String, Text> wrong) {
    return List.of(
        Field.required("name", "approval.route.name")
            .hinted("approval.route.name.hint")
            .with(text("name"))
            .wrong(wrong.get("name")),
        Field.optional("section", "approval.route.section")
            .hinted("approval.route.section.hint")
            .offering(choices.sections())
            .with(text("section"))
            .wrong(wrong.get("section")),
        Field.optional("kind", "contract.field.kind")
            .offering(choices.kinds())
            .with(text("kind"))
            .wrong(wrong.get("kind")),
        Field.optional("least", "approval.route.least")
            .hinted("approval.route.least.hint")
            .drawn(Field.Look.MONEY)
            .with(text("least"))
            .wrong(wrong.get("least")),
        Field.optional("most", "approval.route.most")
            .drawn(Field.Look.MONEY)
            .with(text("most"))
            .wrong(wrong.get("most")));
  }

  List<StepFields> stepFields(RouteChoices choices, Book book, Map<String, Text> wrong) {
    var steps = new ArrayList<StepFields>();
    for (var at = 0; at < STEPS; at++) {
      var posts = new ArrayList<Field>();
      for (var seat = 0; seat < POSTS; seat++) {
        var field = "post" + at + "-" + seat;
        posts.add(
            Field.optional(field, "approval.route.post" + (seat + 1))
                .offering(choices.posts())
                .with(text(field))
                .wrong(wrong.get(field)));
      }
      steps.add(
          new StepFields(
              at + 1,
              posts,
              Field.optional("rule" + at, "approval.route.rule")
                  .offering(
                      List.of(
                          new Option(ALL, book.of("approval.rule.all")),
                          new Option(ANY, book.of("approval.rule.any"))))
                  .with(text("rule" + at).isEmpty() ? ALL : text("rule" + at))));
    }
    return steps;
  }

  /** All fields that may be wrong, for the summary above them. */
  static List<Field> all(List<Field> fields, List<StepFields> steps) {
    return Stream.concat(fields.stream(), steps.stream().flatMap(s -> s.posts().stream())).toList();
  }

  private String text(String field) {
    return typed.getOrDefault(field, "");
  }

  private Optional<String> chosen(FormReader reader, String field, List<Option> offered) {
    var value = text(field);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (offered.stream().noneMatch(option -> option.value().equals(value))) {
      reader.reject(field, "people.wrong.choose");
      return Optional.empty();
    }
    return Optional.of(value);
  }
}

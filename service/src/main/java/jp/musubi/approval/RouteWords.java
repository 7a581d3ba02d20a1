package jp.musubi.approval;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.Section;
import jp.musubi.platform.Yen;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;

/** A route in words. */
@Component
class RouteWords {
  private final People people;
  private final Organisations organisations;
  private final Book book;

  RouteWords(People people, Organisations organisations, Book book) {
    this.people = people;
    this.organisations = organisations;
    this.book = book;
  }

  /** Its seats, with who holds them today. */
  List<ApprovalPage.StepLine> steps(Route route) {
    var seats = people.seats(route.steps().stream().flatMap(s -> s.posts().stream()).toList());
    var lines = new ArrayList<ApprovalPage.StepLine>();
    for (var at = 0; at < route.steps().size(); at++) {
      var step = route.steps().get(at);
      for (var post : step.posts()) {
        var holders = seats.holdersOf(post);
        lines.add(
            new ApprovalPage.StepLine(
                at + 1,
                rule(step),
                people.post(post),
                holders.isEmpty()
                    ? book.of("approval.vacant")
                    : holders.stream().map(people::name).sorted().collect(Collectors.joining("、")),
                "",
                false));
      }
    }
    return lines;
  }

  /** How many of a step have to approve. */
  static String rule(Step step) {
    return step.posts().size() == 1
        ? "approval.rule.one"
        : step.all() ? "approval.rule.all" : "approval.rule.any";
  }

  /** For which section it is. */
  String section(Route.Condition condition) {
    return condition
        .section()
        .map(id -> organisations.section(id).map(Section::name).orElse(""))
        .orElseGet(() -> book.of("approval.route.wholeBody"));
  }

  /** For which kind it is. */
  String kind(Route.Condition condition) {
    return condition
        .kind()
        .map(kind -> book.of("contract.kind." + kind))
        .orElseGet(() -> book.of("approval.route.anyKind"));
  }

  /** For which amounts it is. */
  String amount(Route.Condition condition) {
    if (!condition.isBounded()) {
      return book.of("approval.route.anyAmount");
    }
    return book.of("approval.route.amount", yen(condition.least()), yen(condition.most()));
  }

  /** Its steps in one line: 道路課長 → 建設部長. */
  String inOneLine(Route route) {
    return route.steps().stream()
        .map(step ->
            step.posts().stream()
                .map(people::post)
                .collect(
                    Collectors.joining(
                        book.of(step.all() ? "approval.route.and" : "approval.route.or"))))
        .collect(Collectors.joining(" → "));
  }

  private static String yen(OptionalLong sum) {
    return sum.isPresent() ? Yen.format(sum.getAsLong()) : "";
  }
}

package jp.musubi.organisation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.organisation.SectionFinding.Reason;

/**
 * 一覧の後の組織. The sections as they would hang together from the day of a list on; on none of the days
 * that are settled may one hang below itself or below nothing. Pure.
 */
final class SectionOutlook {
  private final Map<Integer, SectionRow> rows = new HashMap<>();
  private final List<SectionPlan.Step> steps;
  private final List<SectionTree> trees;

  SectionOutlook(
      List<SectionRow> rows,
      List<SectionPlan.Step> steps,
      Collection<SectionTerm> terms,
      LocalDate day) {
    rows.forEach(row -> this.rows.put(row.line(), row));
    this.steps = steps;
    var after = after(steps, terms, day);
    var days = new TreeSet<LocalDate>();
    days.add(day);
    for (var term : after) {
      days.add(term.from());
      if (term.until() != null) {
        days.add(term.until());
      }
    }
    this.trees = days.tailSet(day).stream().map(each -> SectionTree.on(each, after)).toList();
  }

  /** What is wrong with the whole, said of the lines that make it so. */
  List<SectionFinding> findings() {
    var findings = new ArrayList<SectionFinding>();
    for (var step : steps) {
      switch (step.kind()) {
        case OPEN, MOVE, CHANGE -> hangs(step, findings);
        case CLOSE -> leaves(step, findings);
      }
    }
    return findings;
  }

  private void hangs(SectionPlan.Step step, List<SectionFinding> findings) {
    var parent = Objects.requireNonNull(step.after()).parent();
    if (parent == null) {
      return;
    }
    for (var tree : trees) {
      if (tree.find(step.section()).isEmpty()) {
        return;
      }
      if (tree.find(parent).isEmpty()) {
        findings.add(said(step, Reason.PARENT_UNKNOWN));
        return;
      }
      if (tree.path(parent).contains(step.section())) {
        findings.add(said(step, Reason.CIRCLE));
        return;
      }
    }
  }

  private void leaves(SectionPlan.Step step, List<SectionFinding> findings) {
    var below =
        trees.stream()
            .flatMap(tree -> tree.below(step.section()).stream())
            .map(SectionTerm::name)
            .distinct()
            .collect(Collectors.joining("、"));
    if (!below.isEmpty()) {
      findings.add(new SectionFinding(step.line(), "所属コード", Reason.HAS_SECTIONS_BELOW, below));
    }
  }

  private SectionFinding said(SectionPlan.Step step, Reason reason) {
    var row = Objects.requireNonNull(rows.get(step.line()));
    return new SectionFinding(step.line(), "上位の所属コード", reason, row.parent());
  }

  private static List<SectionTerm> after(
      List<SectionPlan.Step> steps, Collection<SectionTerm> terms, LocalDate day) {
    var touched = steps.stream().map(SectionPlan.Step::section).collect(Collectors.toSet());
    var after = new ArrayList<SectionTerm>();
    for (var term : terms) {
      after.add(touched.contains(term.section()) && term.holdsOn(day) ? ended(term, day) : term);
    }
    for (var step : steps) {
      var shape = step.after();
      if (shape != null) {
        after.add(begun(step.section(), shape, day));
      }
    }
    return after;
  }

  private static SectionTerm ended(SectionTerm term, LocalDate day) {
    return new SectionTerm(
        term.section(), term.from(), day, term.parent(), term.name(), term.phone(), term.mail());
  }

  private static SectionTerm begun(UUID section, SectionRegister.Shape shape, LocalDate day) {
    return new SectionTerm(
        section, day, null, shape.parent(), shape.name(), shape.phone(), shape.mail());
  }
}

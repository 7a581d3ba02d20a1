package jp.musubi.organisation;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * 所属の一覧の計画. What a list would do to the sections as they are, and what is wrong with its lines;
 * pure.
 *
 * @param steps in the order of the lines; lines that are wrong have none
 * @param findings what keeps the list from taking effect
 * @param names what sections are called on the day, by their keys
 */
public record SectionPlan(
    List<Step> steps, List<SectionFinding> findings, Map<UUID, String> names) {

  /** Keeps its own copies. */
  public SectionPlan {
    steps = List.copyOf(steps);
    findings = List.copyOf(findings);
    names = Map.copyOf(names);
  }

  /** Of a list that does nothing any more. */
  static final SectionPlan NOTHING = new SectionPlan(List.of(), List.of(), Map.of());

  /**
   * What one line does.
   *
   * @param before null for a new section
   * @param after null for one that closes
   * @param successor null unless it closes
   */
  public record Step(
      int line,
      SectionRow.Kind kind,
      UUID section,
      String code,
      SectionRegister.@Nullable Shape before,
      SectionRegister.@Nullable Shape after,
      @Nullable UUID successor) {}

  /** By what a person's look at this plan is known again. */
  public Sha256 digest() {
    return Sha256.of((steps + " " + new TreeMap<>(names)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Works out what a list does.
   *
   * @param list whose lines give new sections their keys, so that the same list makes the same plan
   * @param terms of every section of the body
   * @param codes 所属コード of every section, open or not
   * @param day the first on which it is so
   */
  static SectionPlan of(
      UUID list,
      List<SectionRow> rows,
      List<SectionFinding> unreadable,
      Collection<SectionTerm> terms,
      Map<UUID, String> codes,
      LocalDate day) {
    var planning = new SectionPlanning(list, rows, terms, codes, day);
    var steps = planning.steps();
    var findings = new ArrayList<>(unreadable);
    findings.addAll(planning.findings());
    findings.addAll(new SectionOutlook(rows, steps, terms, day).findings());
    findings.sort(Comparator.comparingInt(SectionFinding::line));
    var wrong = findings.stream().map(SectionFinding::line).toList();
    return new SectionPlan(
        steps.stream().filter(step -> !wrong.contains(step.line())).toList(),
        findings,
        planning.names());
  }

  /** What a section is called on the day, if it is there. */
  public Optional<String> name(@Nullable UUID section) {
    return section == null ? Optional.empty() : Optional.ofNullable(names.get(section));
  }
}

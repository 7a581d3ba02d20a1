package jp.musubi.statistics;

import java.time.YearMonth;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.musubi.contract.ContractKind;

/**
 * 利用統計 of a body, or of what somebody may know of it; pure.
 *
 * @param months each month of the year
 * @param whole the period
 * @param sections the period, by section, each without what lies below it
 * @param kinds the period, by 契約種別; all of them
 */
record Statistics(
    Map<YearMonth, Tally> months,
    Tally whole,
    Map<UUID, Tally> sections,
    Map<ContractKind, Tally> kinds) {

  /** Keeps its own copies, in their order. */
  Statistics {
    months = Collections.unmodifiableMap(new LinkedHashMap<>(months));
    sections = Map.copyOf(sections);
    kinds = Collections.unmodifiableMap(new EnumMap<>(kinds));
  }

  /**
   * Counts.
   *
   * @param year whose months are told
   * @param period of which all else is
   */
  static Statistics of(Collection<Course> courses, Period year, Period period) {
    var months = new LinkedHashMap<YearMonth, Tally>();
    year.months().forEach(month -> months.put(month, new Tally()));
    var kinds = new EnumMap<ContractKind, Tally>(ContractKind.class);
    for (var kind : ContractKind.values()) {
      kinds.put(kind, new Tally());
    }
    var whole = new Tally();
    var sections = new HashMap<UUID, Tally>();
    for (var course : courses) {
      var within =
          List.of(
              whole,
              sections.computeIfAbsent(course.section(), _ -> new Tally()),
              kinds.computeIfAbsent(course.kind(), _ -> new Tally()));
      for (var measure : Measure.values()) {
        measure
            .days(course)
            .forEach(day -> {
              var month = months.get(YearMonth.from(day));
              if (month != null) {
                month.count(measure);
              }
              if (period.contains(day)) {
                within.forEach(tally -> tally.count(measure));
              }
            });
      }
      course
          .concludedAt()
          .map(Period::day)
          .ifPresent(day -> {
            var month = months.get(YearMonth.from(day));
            if (month != null) {
              month.measure(course);
            }
            if (period.contains(day)) {
              within.forEach(tally -> tally.measure(course));
            }
          });
    }
    return new Statistics(months, whole, sections, kinds);
  }
}

package jp.musubi.statistics;

import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Reach;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.organisation.SectionTerm;
import jp.musubi.platform.NotFound;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 統計を読む, for somebody and as far as their rights reach. */
@Service
@Transactional(readOnly = true)
class Readings {
  private final Courses courses;
  private final Delays delays;
  private final SectionRegister sections;
  private final Organisations organisations;

  Readings(Courses courses, Delays delays, SectionRegister sections, Organisations organisations) {
    this.courses = courses;
    this.delays = delays;
    this.sections = sections;
    this.organisations = organisations;
  }

  /** Everything of one page, as it is at one moment. */
  public Reading read(Reach reach, Asked asked) {
    var tree = sections.tree(organisations.today());
    var only =
        asked
            .section()
            .map(section -> {
              if (tree.find(section).isEmpty()) {
                throw new NotFound("section " + section);
              }
              return courses.below(java.util.List.of(section)).keySet().toArray(UUID[]::new);
            })
            .orElse(null);
    Map<UUID, UUID> belongs =
        courses.below(
            tree.below(asked.section().orElse(null)).stream().map(SectionTerm::section).toList());
    return new Reading(
        asked,
        reach,
        Statistics.of(
            courses.within(reach, asked.ofTheYear(), only), asked.ofTheYear(), asked.period()),
        delays.within(reach, asked.days(), only),
        tree,
        belongs);
  }
}

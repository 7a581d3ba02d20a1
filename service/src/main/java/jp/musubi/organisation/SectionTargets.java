package jp.musubi.organisation;

import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Target;
import jp.musubi.authority.TargetSource;
import org.springframework.stereotype.Component;

/** Where a section lies: itself and all above it. */
@Component
class SectionTargets implements TargetSource {
  private final Organisations organisations;

  SectionTargets(Organisations organisations) {
    this.organisations = organisations;
  }

  @Override
  public Act.Ground ground() {
    return Act.Ground.OWN_SECTION;
  }

  @Override
  public Target target(UUID section) {
    return new Target(organisations.pathOf(section), Set.of());
  }
}

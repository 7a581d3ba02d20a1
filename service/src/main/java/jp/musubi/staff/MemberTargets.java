package jp.musubi.staff;

import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Target;
import jp.musubi.authority.TargetSource;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Where a member of staff belongs today. */
@Component
class MemberTargets implements TargetSource {
  private final JdbcClient jdbc;
  private final Organisations organisations;

  MemberTargets(JdbcClient jdbc, Organisations organisations) {
    this.jdbc = jdbc;
    this.organisations = organisations;
  }

  @Override
  public Act.Ground ground() {
    return Act.Ground.MEMBER;
  }

  @Override
  @Transactional(readOnly = true)
  public Target target(UUID id) {
    var section =
        jdbc.sql("select section_id from staff where id = :id")
            .param("id", id)
            .query(UUID.class)
            .optional()
            .orElseThrow(() -> new NotFound("staff " + id));
    return new Target(organisations.pathOf(section), Set.of());
  }
}

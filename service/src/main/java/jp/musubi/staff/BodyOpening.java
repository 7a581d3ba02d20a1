package jp.musubi.staff;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Role;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.BodyCodes;
import jp.musubi.organisation.OrganisationRefusal;
import jp.musubi.organisation.Organisations;
import jp.musubi.organisation.SectionRegister;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 団体の開設. A body with its first section and its first administrator, who is invited: from there on
 * it runs itself. The record of it stands in the operator's chain and as the first entry of its
 * own.
 */
@Service
public class BodyOpening {
  private final StaffStore store;
  private final Staff staff;
  private final Invitations invitations;
  private final SignInPolicies policies;
  private final SectionRegister sections;
  private final Organisations organisations;
  private final AuditTrail audit;
  private final OtherBody otherBody;
  private final JdbcClient jdbc;
  private final Clock clock;

  BodyOpening(
      StaffStore store,
      Staff staff,
      Invitations invitations,
      SignInPolicies policies,
      SectionRegister sections,
      Organisations organisations,
      AuditTrail audit,
      OtherBody otherBody,
      JdbcClient jdbc,
      Clock clock) {
    this.store = store;
    this.staff = staff;
    this.invitations = invitations;
    this.policies = policies;
    this.sections = sections;
    this.organisations = organisations;
    this.audit = audit;
    this.otherBody = otherBody;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * A body to be.
   *
   * @param code 団体コード
   * @param corporateNumber 法人番号
   * @param usableUntil exclusively; null while no end is known
   * @param section the first section, where the administrator belongs
   */
  public record NewBody(
      String code,
      @Nullable String corporateNumber,
      String name,
      @Nullable String phone,
      LocalDate usableFrom,
      @Nullable LocalDate usableUntil,
      String section,
      String loginId,
      String adminName,
      String adminMail) {}

  /** What became of it. */
  public sealed interface Opened {
    /** It is open. */
    record Done(TenantId id) implements Opened {}

    /** It is not. */
    record Refused(OrganisationRefusal reason) implements Opened {}
  }

  /** Opens a body. */
  @Transactional
  public Opened open(StaffMember operator, NewBody body, @Nullable String clientIp) {
    if (!BodyCodes.isBodyCode(body.code())) {
      return new Opened.Refused(new OrganisationRefusal.UnfitCode(body.code()));
    }
    var number = body.corporateNumber();
    if (number != null && !BodyCodes.isCorporateNumber(number)) {
      return new Opened.Refused(new OrganisationRefusal.UnfitCode(number));
    }
    if (organisations.bodyByCode(body.code()).isPresent()) {
      return new Opened.Refused(new OrganisationRefusal.BodyExists(body.code()));
    }
    var id = new TenantId(UUID.randomUUID());
    insert(id, body);
    audit.record(
        new Actor(Actor.Kind.OPERATOR, operator.id().toString(), operator.name()),
        "body.opened",
        null,
        clientIp,
        Map.of("body", body.code(), "name", body.name()));
    otherBody.in(
        id,
        () -> {
          begin(operator, body);
          return true;
        });
    return new Opened.Done(id);
  }

  /** The first section, the first administrator, and the first entry of the body's own record. */
  private void begin(StaffMember operator, NewBody body) {
    var by = new Actor(Actor.Kind.OPERATOR, operator.id().toString(), operator.name());
    audit.record(by, "body.opened", null, null, Map.of("name", body.name()));
    var opened =
        sections.open(
            "1",
            new SectionRegister.Shape(body.section(), null, body.phone(), null),
            body.usableFrom().isBefore(organisations.today())
                ? body.usableFrom()
                : organisations.today(),
            by,
            null);
    var section =
        switch (opened) {
          case SectionRegister.Opened.Done(var id) -> id;
          case SectionRegister.Opened.Refused(var reason) ->
              throw new IllegalStateException("the first section of a body: " + reason);
        };
    var admin =
        store
            .insert(
                body.loginId(), body.adminName(), body.adminMail(), section, staff.unusableHash())
            .orElseThrow(() -> new IllegalStateException("a new body has nobody yet"));
    jdbc.sql(
            """
            insert into role_grant (id, staff_id, role, from_at) values (:id, :staff, :role, :now)
            """)
        .param("id", UUID.randomUUID())
        .param("staff", admin)
        .param("role", Role.BODY_ADMIN.name())
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by,
        "staff.role-granted",
        null,
        null,
        Map.of("staff", admin.toString(), "role", Role.BODY_ADMIN.name()));
    policies.write(SignInPolicy.OF_NEW_BODIES);
    invitations.invite(admin, by, null);
  }

  private void insert(TenantId id, NewBody body) {
    jdbc.sql(
            """
            insert into body (id, code, name, phone, created_at, kind, corporate_number,
                              usable_from, usable_until)
            values (:id, :code, :name, cast(:phone as text), :now, 'MUNICIPAL',
                    cast(:number as char(13)), :from, cast(:until as date))
            """)
        .param("id", id.value())
        .param("code", body.code())
        .param("name", body.name())
        .param("phone", body.phone())
        .param("now", Timestamp.from(clock.instant()))
        .param("number", body.corporateNumber())
        .param("from", body.usableFrom())
        .param("until", body.usableUntil())
        .update();
  }
}

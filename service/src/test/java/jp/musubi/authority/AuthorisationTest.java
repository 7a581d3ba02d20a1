package jp.musubi.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import jp.musubi.authority.Authorisation.Answer;
import jp.musubi.authority.Authorisation.GrantRefusal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("認可の判断")
class AuthorisationTest {
  private static final UUID DEPARTMENT = UUID.randomUUID();
  private static final UUID ROADS = UUID.randomUUID();
  private static final UUID BUILDINGS = UUID.randomUUID();
  private static final UUID PERSON = UUID.randomUUID();
  private static final UUID SOMEBODY = UUID.randomUUID();
  private static final Target OF_ROADS = new Target(List.of(ROADS, DEPARTMENT), Set.of());
  private static final Target OF_BUILDINGS = new Target(List.of(BUILDINGS, DEPARTMENT), Set.of());

  private record Person(UUID id, UUID sectionId, Set<Grant> grants) implements Bearer {}

  private static Bearer with(Grant... grants) {
    return new Person(PERSON, ROADS, Set.of(grants));
  }

  @Test
  @DisplayName("担当者は自分の課の契約を進められ、ほかの課の契約はないのと同じ")
  void letsAClerkHandleTheContractsOfHerSection() {
    var clerk = with(Grant.within(Role.CLERK, ROADS));
    assertThat(Authorisation.decide(clerk, Act.HANDLE_CONTRACT, OF_ROADS))
        .isEqualTo(Answer.ALLOWED);
    assertThat(Authorisation.decide(clerk, Act.HANDLE_CONTRACT, OF_BUILDINGS))
        .isEqualTo(Answer.UNSEEN);
  }

  @Test
  @DisplayName("部の権限は、その下の課にも及ぶ")
  void reachesBelowTheSection() {
    var viewer = with(Grant.within(Role.VIEWER, DEPARTMENT));
    assertThat(Authorisation.decide(viewer, Act.SEE_CONTRACT, OF_ROADS)).isEqualTo(Answer.ALLOWED);
    assertThat(Authorisation.decide(viewer, Act.SEE_CONTRACT, OF_BUILDINGS))
        .isEqualTo(Answer.ALLOWED);
    assertThat(Authorisation.decide(viewer, Act.HANDLE_CONTRACT, OF_ROADS))
        .isEqualTo(Answer.NOT_PERMITTED);
  }

  @Test
  @DisplayName("見える課では閲覧者、進められる課では担当者。二つは混ざらない")
  void doesNotMixThePlaceOfOneRoleWithAnother() {
    var both = with(Grant.within(Role.CLERK, ROADS), Grant.within(Role.VIEWER, BUILDINGS));
    assertThat(Authorisation.decide(both, Act.HANDLE_CONTRACT, OF_ROADS)).isEqualTo(Answer.ALLOWED);
    assertThat(Authorisation.decide(both, Act.HANDLE_CONTRACT, OF_BUILDINGS))
        .isEqualTo(Answer.NOT_PERMITTED);
  }

  @Test
  @DisplayName("締結者は、契約が名義人として名指ししたものだけに署名できる")
  void letsOnlyTheNamedHolderSign() {
    var mayor = with(Grant.everywhere(Role.SIGNER));
    var named = new Target(List.of(BUILDINGS), Set.of(PERSON));
    var other = new Target(List.of(BUILDINGS), Set.of(SOMEBODY));
    assertThat(Authorisation.decide(mayor, Act.SIGN_CONTRACT, named)).isEqualTo(Answer.ALLOWED);
    assertThat(Authorisation.decide(mayor, Act.SIGN_CONTRACT, other))
        .isEqualTo(Answer.NOT_PERMITTED);
    var ofAnotherSection = with(Grant.within(Role.SIGNER, ROADS));
    assertThat(Authorisation.decide(ofAnotherSection, Act.SIGN_CONTRACT, named))
        .isEqualTo(Answer.ALLOWED);
    assertThat(Authorisation.decide(ofAnotherSection, Act.SEE_CONTRACT, other))
        .isEqualTo(Answer.UNSEEN);
    assertThat(Authorisation.decide(with(), Act.SIGN_CONTRACT, named)).isEqualTo(Answer.UNSEEN);
  }

  @Test
  @DisplayName("運営者と事務局には、どの契約もないのと同じ")
  void hidesEveryContractFromOperators() {
    var operator = with(Grant.everywhere(Role.OPERATOR), Grant.everywhere(Role.SECRETARIAT));
    for (var act : List.of(Act.SEE_CONTRACT, Act.HANDLE_CONTRACT, Act.SIGN_CONTRACT)) {
      assertThat(Authorisation.decide(operator, act, OF_ROADS)).isEqualTo(Answer.UNSEEN);
    }
    assertThat(Authorisation.decide(operator, Act.LIST_CONTRACTS, Target.NOWHERE))
        .isEqualTo(Answer.NOT_PERMITTED);
  }

  @Test
  @DisplayName("管理者と監査は見られるが、進めることも署名することもできない")
  void letsAdministratorsAndAuditorsReadOnly() {
    var opened = new Target(List.of(ROADS, DEPARTMENT), Set.of(), Set.of(PERSON));
    for (var role : List.of(Role.BODY_ADMIN, Role.AUDITOR)) {
      var who = with(Grant.everywhere(role));
      assertThat(Authorisation.decide(who, Act.SEE_CONTRACT, opened)).isEqualTo(Answer.ALLOWED);
      assertThat(Authorisation.decide(who, Act.HANDLE_CONTRACT, opened))
          .isEqualTo(Answer.NOT_PERMITTED);
      assertThat(Authorisation.decide(who, Act.SIGN_CONTRACT, opened))
          .isEqualTo(Answer.NOT_PERMITTED);
    }
  }

  @Test
  @DisplayName("監査は、抽出して自分に認められた契約のほかは、団体の全体の権限でも見られない")
  void opensToAuditorsWhatWasDrawnOnly() {
    var auditor = with(Grant.everywhere(Role.AUDITOR), Grant.within(Role.AUDITOR, ROADS));
    var anothers = new Target(List.of(ROADS, DEPARTMENT), Set.of(PERSON), Set.of(SOMEBODY));
    assertThat(Authorisation.decide(auditor, Act.SEE_CONTRACT, OF_ROADS)).isEqualTo(Answer.UNSEEN);
    assertThat(Authorisation.decide(auditor, Act.SEE_CONTRACT, anothers)).isEqualTo(Answer.UNSEEN);
    var opened = new Target(List.of(BUILDINGS), Set.of(), Set.of(PERSON));
    assertThat(Authorisation.decide(auditor, Act.SEE_CONTRACT, opened)).isEqualTo(Answer.ALLOWED);
    // What was opened to an auditor is not open to whoever holds the role no more.
    assertThat(Authorisation.decide(with(), Act.SEE_CONTRACT, opened)).isEqualTo(Answer.UNSEEN);
    var both = with(Grant.everywhere(Role.AUDITOR), Grant.within(Role.VIEWER, ROADS));
    assertThat(Authorisation.decide(both, Act.SEE_CONTRACT, OF_ROADS)).isEqualTo(Answer.ALLOWED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"APPROVER", "SIGNER", "AUDITOR"})
  @DisplayName("承認・締結・監査の権限は、自分では付けられない")
  void refusesToGiveControlToOneself(Role role) {
    var admin = with(Grant.everywhere(Role.BODY_ADMIN));
    assertThat(Authorisation.refuses(admin, PERSON, role, ROADS, OF_ROADS, false))
        .contains(GrantRefusal.TO_ONESELF);
    assertThat(Authorisation.refuses(admin, SOMEBODY, role, ROADS, OF_ROADS, false)).isEmpty();
  }

  @Test
  @DisplayName("所属管理者は、自分の所属の中で担当者と閲覧者だけを付けられる")
  void letsASectionsAdministratorGiveLittle() {
    var admin = with(Grant.within(Role.SECTION_ADMIN, ROADS));
    assertThat(Authorisation.refuses(admin, SOMEBODY, Role.CLERK, ROADS, OF_ROADS, false))
        .isEmpty();
    assertThat(Authorisation.refuses(admin, SOMEBODY, Role.CLERK, BUILDINGS, OF_BUILDINGS, false))
        .contains(GrantRefusal.BEYOND_THE_GIVER);
    assertThat(Authorisation.refuses(admin, SOMEBODY, Role.CLERK, null, Target.NOWHERE, false))
        .contains(GrantRefusal.BEYOND_THE_GIVER);
    assertThat(Authorisation.refuses(admin, SOMEBODY, Role.APPROVER, ROADS, OF_ROADS, false))
        .contains(GrantRefusal.BEYOND_THE_GIVER);
    assertThat(Authorisation.refuses(admin, SOMEBODY, Role.SECTION_ADMIN, ROADS, OF_ROADS, false))
        .contains(GrantRefusal.BEYOND_THE_GIVER);
  }

  @Test
  @DisplayName("権限は、付けられる範囲と団体の種類を守る")
  void keepsRolesWhereTheyBelong() {
    var admin = with(Grant.everywhere(Role.BODY_ADMIN));
    assertThat(Authorisation.refuses(admin, SOMEBODY, Role.BODY_ADMIN, ROADS, OF_ROADS, false))
        .contains(GrantRefusal.WHOLE_BODY_ONLY);
    assertThat(
            Authorisation.refuses(admin, SOMEBODY, Role.SECTION_ADMIN, null, Target.NOWHERE, false))
        .contains(GrantRefusal.SECTION_ONLY);
    assertThat(Authorisation.refuses(admin, SOMEBODY, Role.OPERATOR, null, Target.NOWHERE, false))
        .contains(GrantRefusal.OTHER_KIND_OF_BODY);
    var operator = with(Grant.everywhere(Role.OPERATOR));
    assertThat(Authorisation.refuses(operator, SOMEBODY, Role.CLERK, null, Target.NOWHERE, true))
        .contains(GrantRefusal.OTHER_KIND_OF_BODY);
    assertThat(
            Authorisation.refuses(operator, SOMEBODY, Role.SECRETARIAT, null, Target.NOWHERE, true))
        .isEmpty();
  }
}

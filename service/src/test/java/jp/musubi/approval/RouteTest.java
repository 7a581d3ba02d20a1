package jp.musubi.approval;

import static jp.musubi.approval.ApprovalTest.TODAY;
import static jp.musubi.approval.ApprovalTest.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("承認経路と代理の決まり")
class RouteTest {
  private static final UUID DEPARTMENT = person(1);
  private static final UUID ROADS = person(2);

  private static Route route(String name, @Nullable UUID section, long least, long most) {
    return route(name, section, null, least, most);
  }

  private static Route route(
      String name, @Nullable UUID section, @Nullable ContractKind kind, long least, long most) {
    return new Route(
        UUID.randomUUID(),
        name,
        new Route.Condition(
            Optional.ofNullable(section),
            Optional.ofNullable(kind),
            least < 0 ? OptionalLong.empty() : OptionalLong.of(least),
            most < 0 ? OptionalLong.empty() : OptionalLong.of(most)),
        List.of(new Step(List.of(person(50)), true)));
  }

  private static String chosen(List<Route> routes, long amount) {
    return Route.choose(
            routes,
            List.of(ROADS, DEPARTMENT),
            ContractKind.WORKS,
            amount < 0 ? OptionalLong.empty() : OptionalLong.of(amount))
        .map(Route::name)
        .orElse("");
  }

  @Test
  @DisplayName("近い所属の経路が先で、同じ所属では金額を決めた経路が先")
  void prefersTheMostSpecific() {
    var routes =
        List.of(
            route("団体", null, -1, -1),
            route("団体の高額", null, 10_000_000, -1),
            route("部", DEPARTMENT, -1, -1),
            route("課の小口", ROADS, -1, 500_000),
            route("他課", person(3), 0, 100),
            route("物品", ROADS, ContractKind.GOODS, -1, -1));
    assertThat(chosen(routes, 500_000)).isEqualTo("課の小口");
    assertThat(chosen(routes, 500_001)).isEqualTo("部");
    assertThat(chosen(routes, 20_000_000)).isEqualTo("部");
    assertThat(chosen(routes.subList(0, 2), 10_000_000)).isEqualTo("団体の高額");
    assertThat(chosen(routes.subList(0, 2), 9_999_999)).isEqualTo("団体");
    assertThat(chosen(routes.subList(4, 5), 50)).isEmpty();
  }

  @Test
  @DisplayName("同じ所属では、種別を決めた経路が、金額を決めた経路より先")
  void prefersItsOwnKindToAnAmount() {
    var routes =
        List.of(
            route("課の小口", ROADS, -1, 500_000),
            route("課の工事", ROADS, ContractKind.WORKS, -1, -1),
            route("課の物品", ROADS, ContractKind.GOODS, -1, 500_000));
    assertThat(chosen(routes, 100)).isEqualTo("課の工事");
    assertThat(routes.getFirst().condition().clashes(routes.getLast().condition())).isFalse();
  }

  @Test
  @DisplayName("金額のない単価契約は、金額を決めた経路に入らない")
  void keepsContractsWithoutAnAmountOutOfRanges() {
    var ranged = route("金額あり", null, 0, -1);
    assertThat(chosen(List.of(ranged), -1)).isEmpty();
    assertThat(chosen(List.of(ranged, route("ほか", null, -1, -1)), -1)).isEqualTo("ほか");
  }

  @Test
  @DisplayName("どちらとも決まらない二つの経路は並べて置けない")
  void clashWhereNeitherWereMoreSpecific() {
    var low = route("", null, -1, 500_000).condition();
    assertThat(low.clashes(route("", null, 500_000, -1).condition())).isTrue();
    assertThat(low.clashes(route("", null, 500_001, -1).condition())).isFalse();
    assertThat(low.clashes(route("", null, -1, -1).condition())).isFalse();
    assertThat(low.clashes(route("", ROADS, -1, 500_000).condition())).isFalse();
    var rest = route("", null, -1, -1).condition();
    assertThat(rest.clashes(rest)).isTrue();
  }

  private static StandIn standIn(int principal, int deputy, int from, int until) {
    return new StandIn(
        UUID.randomUUID(),
        person(principal),
        person(deputy),
        TODAY.plusDays(from),
        TODAY.plusDays(until));
  }

  @Test
  @DisplayName("代理は輪にならず、期間は重ならず、今日より前に終わらない")
  void namesStandInsThatCanWork() {
    var others = List.of(standIn(1, 2, 0, 5), standIn(2, 3, 3, 5));
    assertThat(standIn(4, 4, 0, 1).refused(others, TODAY)).contains(StandIn.Objection.ONESELF);
    assertThat(standIn(4, 5, -3, 0).refused(others, TODAY)).contains(StandIn.Objection.NO_TIME);
    assertThat(standIn(4, 5, 2, 2).refused(others, TODAY)).contains(StandIn.Objection.NO_TIME);
    assertThat(standIn(4, 5, 0, 400).refused(others, TODAY)).contains(StandIn.Objection.TOO_LONG);
    assertThat(standIn(1, 5, 4, 9).refused(others, TODAY)).contains(StandIn.Objection.TAKEN);
    assertThat(standIn(1, 5, 5, 9).refused(others, TODAY)).isEmpty();
    assertThat(standIn(2, 1, 0, 3).refused(others, TODAY)).contains(StandIn.Objection.CIRCLE);
    assertThat(standIn(3, 1, 4, 9).refused(others, TODAY)).contains(StandIn.Objection.CIRCLE);
    assertThat(standIn(3, 1, 5, 9).refused(others, TODAY)).isEmpty();
  }

  @Test
  @DisplayName("代理は期間の終わりの日の次の日から効かない")
  void endOnTheDayAfterTheLast() {
    var period = standIn(1, 2, 0, 5);
    assertThat(period.holdsOn(TODAY.minusDays(1))).isFalse();
    assertThat(period.holdsOn(TODAY)).isTrue();
    assertThat(period.holdsOn(TODAY.plusDays(4))).isTrue();
    assertThat(period.holdsOn(TODAY.plusDays(5))).isFalse();
  }
}

package jp.musubi.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.ContractKind;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes 承認経路 of the current body. */
@Repository
class RouteStore {
  private final JdbcClient jdbc;

  RouteStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that hold, by name. */
  List<Route> inForce() {
    return jdbc
        .sql(
            """
            select id, name, section_id, kind, least, most from approval_route
             where ended_at is null order by name, id
            """)
        .query((row, _) -> route(row))
        .stream()
        .map(this::withSteps)
        .toList();
  }

  /** One, also when it has ended. */
  Optional<Route> find(UUID id) {
    return jdbc.sql(
            "select id, name, section_id, kind, least, most from approval_route where id = :id")
        .param("id", id)
        .query((row, _) -> route(row))
        .optional()
        .map(this::withSteps);
  }

  /** Keeps everybody else from changing routes until the transaction ends. */
  void lockAll() {
    jdbc.sql("select pg_advisory_xact_lock(hashtextextended('routes/' || current_tenant(), 56))")
        .query((_, _) -> 0)
        .list();
  }

  void insert(Route route, Instant now) {
    var condition = route.condition();
    jdbc.sql(
            """
            insert into approval_route (id, name, section_id, kind, least, most, made_at)
            values (:id, :name, :section, :kind, :least, :most, :now)
            """)
        .param("id", route.id())
        .param("name", route.name())
        .param("section", condition.section().orElse(null), Types.OTHER)
        .param("kind", condition.kind().map(ContractKind::name).orElse(null), Types.VARCHAR)
        .param("least", boxed(condition.least()), Types.BIGINT)
        .param("most", boxed(condition.most()), Types.BIGINT)
        .param("now", Timestamp.from(now))
        .update();
    for (var at = 0; at < route.steps().size(); at++) {
      var step = route.steps().get(at);
      for (var post : step.posts()) {
        jdbc.sql(
                """
                insert into approval_route_post (route_id, step, post_id, all_of)
                values (:route, :step, :post, :all)
                """)
            .param("route", route.id())
            .param("step", at)
            .param("post", post)
            .param("all", step.all())
            .update();
      }
    }
  }

  /** Whether it held until now. */
  boolean end(UUID id, Instant now) {
    return jdbc.sql("update approval_route set ended_at = :now where id = :id and ended_at is null")
            .param("now", Timestamp.from(now))
            .param("id", id)
            .update()
        == 1;
  }

  private Route withSteps(Route route) {
    record Seat(int step, UUID post, boolean all) {}
    var steps = new LinkedHashMap<Integer, List<Seat>>();
    jdbc.sql(
            """
            select r.step, r.post_id, r.all_of
              from approval_route_post r
              join post p on p.tenant_id = r.tenant_id and p.id = r.post_id
             where r.route_id = :route order by r.step, p.title, p.id
            """)
        .param("route", route.id())
        .query((row, _) ->
            new Seat(
                row.getInt("step"), row.getObject("post_id", UUID.class), row.getBoolean("all_of")))
        .list()
        .forEach(seat -> steps.computeIfAbsent(seat.step(), _ -> new ArrayList<>()).add(seat));
    return new Route(
        route.id(),
        route.name(),
        route.condition(),
        steps.values().stream()
            .map(seats -> new Step(seats.stream().map(Seat::post).toList(), seats.getFirst().all()))
            .toList());
  }

  private static Route route(ResultSet row) throws SQLException {
    return new Route(
        row.getObject("id", UUID.class),
        row.getString("name"),
        new Route.Condition(
            Optional.ofNullable(row.getObject("section_id", UUID.class)),
            Optional.ofNullable(row.getString("kind")).map(ContractKind::valueOf),
            yen(row, "least"),
            yen(row, "most")),
        List.of());
  }

  private static OptionalLong yen(ResultSet row, String column) throws SQLException {
    var sum = row.getObject(column, Long.class);
    return sum == null ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  private static @org.jspecify.annotations.Nullable Long boxed(OptionalLong sum) {
    return sum.isPresent() ? sum.getAsLong() : null;
  }
}

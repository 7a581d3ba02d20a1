package jp.musubi.approval;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.contract.ContractId;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads approvals of the current body. */
@Repository
class ApprovalReading {
  private static final String ROWS =
      """
      select id, contract_id, route_id, version, document_sha256, content_sha256, decision_number,
             decision_day, decided_sha256, original_sha256, rebuilt_sha256, asked_by, asked_at,
             state, settled_at, settled_by, comment
        from approval
      """;

  private final JdbcClient jdbc;

  ApprovalReading(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest about a contract. */
  Optional<ApprovalStore.Stored> latest(ContractId contract) {
    return jdbc.sql(ROWS + " where contract_id = :contract order by asked_at desc, id limit 1")
        .param("contract", contract.value())
        .query((row, _) -> stored(row))
        .optional();
  }

  /** One approval. */
  ApprovalStore.Stored find(UUID id) {
    return jdbc.sql(ROWS + " where id = :id")
        .param("id", id)
        .query((row, _) -> stored(row))
        .optional()
        .orElseThrow(() -> new NotFound("approval " + id));
  }

  /** What waits for somebody on a day, the longest waiting first. */
  List<ApprovalStore.Stored> awaiting(UUID person, LocalDate day, int most) {
    return jdbc.sql(
            ROWS
                + """
                 where id in (select * from approvals_awaiting(:person, :day))
                 order by asked_at, id limit :most
                """)
        .param("person", person)
        .param("day", day)
        .param("most", most)
        .query((row, _) -> stored(row))
        .list();
  }

  /** Whether somebody sits at any of its seats on a day. */
  boolean concerns(UUID approval, UUID person, LocalDate day) {
    return jdbc.sql(
            """
            select exists (select from approval_seat
                            where approval_id = :approval
                              and post_id in (select * from posts_sat_at(:person, :day)))
            """)
        .param("approval", approval)
        .param("person", person)
        .param("day", day)
        .query(Boolean.class)
        .single();
  }

  /** How many wait for somebody. */
  int countAwaiting(UUID person, LocalDate day) {
    return jdbc.sql("select count(*) from approvals_awaiting(:person, :day)")
        .param("person", person)
        .param("day", day)
        .query(Integer.class)
        .single();
  }

  /** Drafts in somebody's hand whose newest approval was returned or given. */
  int countSettled(UUID clerk, String state) {
    return jdbc.sql(
            """
            select count(*) from contract c
             where c.clerk_id = :clerk and c.state = 'DRAFT'
               and :state = (select a.state from approval a
                              where a.tenant_id = c.tenant_id and a.contract_id = c.id
                              order by a.asked_at desc, a.id limit 1)
            """)
        .param("clerk", clerk)
        .param("state", state)
        .query(Integer.class)
        .single();
  }

  private record Seat(int step, UUID post, boolean all, Optional<Consent> given) {}

  private List<Seat> seats(UUID approval) {
    return jdbc.sql(
            """
            select s.step, s.post_id, s.all_of, s.given_by, s.given_for, s.given_at
              from approval_seat s join post p on p.tenant_id = s.tenant_id and p.id = s.post_id
             where s.approval_id = :approval order by s.step, p.title, p.id
            """)
        .param("approval", approval)
        .query((row, _) -> {
          var by = row.getObject("given_by", UUID.class);
          var post = row.getObject("post_id", UUID.class);
          return new Seat(
              row.getInt("step"),
              post,
              row.getBoolean("all_of"),
              by == null
                  ? Optional.empty()
                  : Optional.of(
                      new Consent(
                          row.getInt("step"),
                          post,
                          by,
                          Optional.ofNullable(row.getObject("given_for", UUID.class)),
                          row.getTimestamp("given_at").toInstant())));
        })
        .list();
  }

  private ApprovalStore.Stored stored(ResultSet row) throws SQLException {
    var id = row.getObject("id", UUID.class);
    var seats = seats(id);
    var steps = new ArrayList<Step>();
    for (var at :
        seats.stream().map(Seat::step).collect(Collectors.toCollection(LinkedHashSet::new))) {
      var own = seats.stream().filter(seat -> seat.step() == at).toList();
      steps.add(new Step(own.stream().map(Seat::post).toList(), own.getFirst().all()));
    }
    var subject =
        new Subject(
            row.getInt("version"),
            Sha256.parse(row.getString("document_sha256")),
            Sha256.parse(row.getString("content_sha256")));
    var decided =
        new Decided(
            row.getString("decision_number"),
            Optional.ofNullable(row.getObject("decision_day", LocalDate.class)),
            digest(row, "decided_sha256"),
            Stream.concat(
                    digest(row, "original_sha256").stream(),
                    Stream.of(Sha256.parse(row.getString("rebuilt_sha256")), subject.document()))
                .collect(Collectors.toUnmodifiableSet()));
    var asked =
        new Approval.Asked(
            id, row.getObject("asked_by", UUID.class), subject, decided, List.copyOf(steps));
    var given =
        seats.stream()
            .flatMap(seat -> seat.given().stream())
            .sorted(java.util.Comparator.comparing(Consent::at))
            .toList();
    return new ApprovalStore.Stored(
        state(row, asked, given),
        new ContractId(row.getObject("contract_id", UUID.class)),
        row.getObject("route_id", UUID.class),
        row.getTimestamp("asked_at").toInstant());
  }

  private static Approval state(ResultSet row, Approval.Asked asked, List<Consent> given)
      throws SQLException {
    var state = row.getString("state");
    if (state.equals("UNDER_WAY")) {
      return new Approval.UnderWay(asked, given);
    }
    var by = row.getObject("settled_by", UUID.class);
    var at = row.getTimestamp("settled_at").toInstant();
    return switch (state) {
      case "APPROVED" -> new Approval.Approved(asked, given, at);
      case "RETURNED" -> new Approval.Returned(asked, given, by, row.getString("comment"), at);
      case "REROUTED" -> new Approval.Rerouted(asked, given, by, row.getString("comment"), at);
      case "RECALLED" -> new Approval.Recalled(asked, given, by, at);
      default -> throw new IllegalStateException("unknown state " + state);
    };
  }

  private static Optional<Sha256> digest(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(Sha256::parse);
  }
}

package jp.musubi.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestPeople;
import jp.musubi.authority.Reach;
import jp.musubi.contract.ContractKind;
import jp.musubi.platform.Tenancy;
import jp.musubi.register.FiscalYear;
import jp.musubi.register.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Against a second way of counting: plain questions to the database, a number each. */
@ServiceTest
@DisplayName("利用統計の数は、別のしかたで数えたものと")
class CountingTest {
  private static final int YEAR = 2024;
  private static final Map<Measure, String> QUESTIONS =
      Map.of(
          Measure.MADE, contracts("created_at"),
          Measure.SENT, contracts("dispatched_at"),
          Measure.ELECTRONIC, contracts("concluded_at"),
          Measure.DECLINED, ended("DECLINED"),
          Measure.RETURNED, ended("RETURNED"),
          Measure.WITHDRAWN, ended("WITHDRAWN"),
          Measure.EXPIRED, ended("EXPIRED"),
          Measure.TO_PAPER, ended("ON_PAPER"),
          Measure.REMINDED,
              "select count(*) from reminder r join contract c on c.id = r.contract_id"
                  + " where c.tenant_id = ? and c.section_id = any(?) and to_char("
                  + "r.sent_at at time zone 'Asia/Tokyo', 'YYYY-MM') = ?",
          Measure.PAPER,
              "select count(*) from contract c join lateral (select p.concluded_on"
                  + " from paper_conclusion p where p.contract_id = c.id order by p.number desc"
                  + " limit 1) p on true where c.tenant_id = ? and c.section_id = any(?)"
                  + " and c.state = 'ON_PAPER' and to_char(p.concluded_on, 'YYYY-MM') = ?");

  /** How many days lay between what happened, a row a contract concluded within the year. */
  private static final Map<Stage, String> DAYS =
      Map.of(
          Stage.ROUND,
          "select concluded - (sent at time zone 'Asia/Tokyo')::date as days from it",
          Stage.WHOLE,
          "select concluded - coalesce(case when decided <= concluded then decided end,"
              + " (made at time zone 'Asia/Tokyo')::date) as days from it",
          Stage.APPROVAL,
          "select (approved at time zone 'Asia/Tokyo')::date"
              + " - (asked at time zone 'Asia/Tokyo')::date as days from it"
              + " where asked is not null",
          Stage.COUNTERPARTY,
          steps("COUNTERPARTY"),
          Stage.OFFICE,
          steps("OFFICE"),
          Stage.SEALING,
          "select concluded - (select max((g.agreed_at at time zone 'Asia/Tokyo')::date)"
              + " from agreement g where g.contract_id = it.id) as days from it");

  @Autowired MockMvc mvc;
  @Autowired Readings readings;

  private StatisticsHouse house;
  private final List<UUID> sections = new ArrayList<>();

  @BeforeEach
  void aBody() throws Exception {
    house = new StatisticsHouse(mvc);
    for (var i = 0; i < 3; i++) {
      sections.add(TestPeople.section(house.body, "T" + i, "課" + i, house.body.section()));
    }
    sections.add(house.body.section());
    house.fill(9, 900, sections);
    elsewhere();
  }

  /** What another service concluded in the year is none of these numbers. */
  private void elsewhere() {
    TestPeople.run(
        "insert into vault_object values (?, repeat('a', 64), 1, 'application/pdf', now(), 1)"
            + " on conflict do nothing",
        house.body.id().value());
    TestPeople.run(
        """
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, file_name,
                              document_sha256, final_sha256, pages, created_at, concluded_at)
        values (?, gen_random_uuid(), 'E-1', 'ELSEWHERE', '件名', ?, ?, 'x.pdf', repeat('a', 64),
                repeat('a', 64), 1, timestamptz '2024-06-02 09:00+09',
                timestamptz '2024-06-01 09:00+09')
        """,
        house.body.id().value(),
        house.body.section(),
        house.body.clerk());
  }

  private static String concluded(String days) {
    return """
    with it as (
      select c.id, c.created_at as made, c.dispatched_at as sent,
             (c.concluded_at at time zone 'Asia/Tokyo')::date as concluded, a.asked_at as asked,
             a.settled_at as approved, a.decision_day as decided
        from contract c left join approval a on a.contract_id = c.id
       where c.tenant_id = ? and c.concluded_at >= '2024-03-31 15:00+00'
         and c.concluded_at < '2025-03-31 15:00+00' and c.state <> 'ELSEWHERE')
    select coalesce(count(days) || ' ' || percentile_disc(0.5) within group (order by days)
                    || ' ' || percentile_disc(0.9) within group (order by days), '')
      from (%s) d
    """
        .formatted(days);
  }

  private static String contracts(String moment) {
    return "select count(*) from contract where tenant_id = ? and section_id = any(?)"
        + " and state <> 'ELSEWHERE' and to_char("
        + moment
        + " at time zone 'Asia/Tokyo', 'YYYY-MM') = ?";
  }

  private static String ended(String state) {
    return contracts("ended_at") + " and state = '" + state + "'";
  }

  private static String steps(String side) {
    return """
    select sum(day - before) as days
      from (select g.contract_id, o.kind, (g.agreed_at at time zone 'Asia/Tokyo')::date as day,
                   lag((g.agreed_at at time zone 'Asia/Tokyo')::date)
                     over (partition by g.contract_id order by g.ordinal) as before
              from agreement g join party o on o.id = g.party_id
             where g.contract_id in (select id from it)) s
     where kind = '%s' group by contract_id
    """
        .formatted(side);
  }

  @Test
  @DisplayName("月ごとに、どの数も同じ")
  void agreesMonthByMonth() {
    var all = sections.toArray(UUID[]::new);
    var counted = 0;
    for (var month : read(Optional.empty()).statistics().months().entrySet()) {
      for (var question : QUESTIONS.entrySet()) {
        var naive = ask(question.getValue(), all, month.getKey());
        assertThat(month.getValue().counts().of(question.getKey()))
            .as(question.getKey() + " of " + month.getKey())
            .isEqualTo(naive);
        counted += naive;
      }
    }
    assertThat(QUESTIONS).hasSize(Measure.values().length);
    // Of nothing, all ways of counting agree.
    assertThat(counted).isGreaterThan(500);
  }

  @Test
  @DisplayName("所属ごと、種別ごとに同じで、合わせると全体になる")
  void agreesSectionBySection() {
    var reading = read(Optional.of(house.body.section()));
    var month = YearMonth.of(2025, 3);
    var march = read(new Asked(new FiscalYear(YEAR), Optional.of(month), Optional.empty(), 14));
    for (var section : sections) {
      var tally = Objects.requireNonNull(march.statistics().sections().get(section));
      assertThat(tally.counts().of(Measure.SENT))
          .isEqualTo(
              ask(
                  Objects.requireNonNull(QUESTIONS.get(Measure.SENT)),
                  new UUID[] {section},
                  month));
    }
    assertThat(reading.groups()).extracting(Reading.Group::name).contains("課0", "課1", "課2", "");
    for (var measure : Measure.values()) {
      var whole = reading.statistics().whole().counts().of(measure);
      assertThat(sum(reading.groups().stream().map(Reading.Group::tally).toList(), measure))
          .isEqualTo(whole);
      assertThat(sum(List.copyOf(reading.statistics().kinds().values()), measure)).isEqualTo(whole);
      assertThat(sum(List.copyOf(reading.statistics().months().values()), measure))
          .isEqualTo(whole);
    }
    assertThat(reading.statistics().kinds()).hasSize(ContractKind.values().length);
  }

  @Test
  @DisplayName("段階ごとに、件数も中央値も9割の日数も同じ")
  void agreesOnDays() {
    var whole = read(Optional.empty()).statistics().whole();
    for (var stage : DAYS.entrySet()) {
      var spread = whole.spread(stage.getKey()).orElseThrow();
      assertThat("%d %d %d".formatted(spread.contracts(), spread.median(), spread.ninetieth()))
          .as(stage.getKey().name())
          .isEqualTo(TestPeople.text(concluded(stage.getValue()), house.body.id().value()));
      assertThat(spread.contracts()).isGreaterThan(20);
    }
    assertThat(DAYS).hasSize(Stage.values().length);
  }

  @Test
  @DisplayName("待っているものの数も同じ")
  void agreesOnWhatWaits() {
    var delays = read(Optional.empty()).delays();
    for (var at : Waiting.At.values()) {
      var state =
          switch (at) {
            case APPROVAL ->
                "state = 'DRAFT' and exists (select from approval a where a.contract_id = c.id"
                    + " and a.state = 'UNDER_WAY')";
            case COUNTERPARTY ->
                "state = 'AWAITING_AGREEMENTS' and (select count(*) from agreement g"
                    + " where g.contract_id = c.id) = 1";
            case OFFICE ->
                "state = 'AWAITING_AGREEMENTS' and (select count(*) from agreement g"
                    + " where g.contract_id = c.id) = 2";
            case SEALING -> "state = 'CONCLUDING'";
          };
      var naive =
          TestPeople.text(
              "select count(*) from contract c where tenant_id = ? and " + state,
              house.body.id().value());
      assertThat(Objects.requireNonNull(delays.get(at)).all())
          .as(at.name())
          .isEqualTo(Integer.parseInt(naive))
          .isPositive();
    }
  }

  private static int sum(List<Tally> tallies, Measure measure) {
    return tallies.stream().mapToInt(tally -> tally.counts().of(measure)).sum();
  }

  private int ask(String question, UUID[] of, YearMonth month) {
    return Integer.parseInt(
        TestPeople.text(
            question.replace("any(?)", "any(cast(string_to_array(?, ',') as uuid[]))"),
            house.body.id().value(),
            String.join(",", Arrays.stream(of).map(UUID::toString).toList()),
            month.toString()));
  }

  private Reading read(Optional<UUID> section) {
    return read(new Asked(new FiscalYear(YEAR), Optional.empty(), section, 14));
  }

  private Reading read(Asked asked) {
    var whole = new Reach(house.body.viewer(), true, Set.of(), false, false);
    return Tenancy.in(house.body.id(), () -> readings.read(whole, asked));
  }
}

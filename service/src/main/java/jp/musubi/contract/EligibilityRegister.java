package jp.musubi.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The current body's 電子契約の対象の決まり, and what they say of a contract. */
@Service
@Transactional
public class EligibilityRegister {
  private final JdbcClient jdbc;
  private final AuditTrail audit;
  private final Clock clock;

  EligibilityRegister(JdbcClient jdbc, AuditTrail audit, Clock clock) {
    this.jdbc = jdbc;
    this.audit = audit;
    this.clock = clock;
  }

  /** What holds now. */
  @Transactional(readOnly = true)
  public EligibilityRules current() {
    return jdbc.sql(
            """
            select longest_years, keeping_years, most_yen, renewal_on_paper, council_on_paper,
                   kinds_on_paper
              from eligibility_rules
            """)
        .query((row, _) -> rules(row))
        .optional()
        .orElse(EligibilityRules.DEFAULT);
  }

  /** What of a contract's wording its clerk has said. */
  @Transactional(readOnly = true)
  public Clauses clauses(ContractId id) {
    return facts(id).clauses();
  }

  /** Whether a contract may be electronic, as it and the rules stand now. */
  @Transactional(readOnly = true)
  public Eligibility judge(ContractId id) {
    return current().judge(facts(id));
  }

  /** From now on this holds for all that is not sent yet. */
  public void change(EligibilityRules rules, Actor by, @Nullable String clientIp) {
    var before = told(current());
    jdbc.sql(
            """
            insert into eligibility_rules (longest_years, keeping_years, most_yen, renewal_on_paper,
                                           council_on_paper, kinds_on_paper, changed_at)
            values (:longest, :keeping, :most, :renewal, :council, string_to_array(:kinds, ','), :now)
            on conflict (tenant_id) do update
               set longest_years = excluded.longest_years, keeping_years = excluded.keeping_years,
                   most_yen = excluded.most_yen, renewal_on_paper = excluded.renewal_on_paper,
                   council_on_paper = excluded.council_on_paper,
                   kinds_on_paper = excluded.kinds_on_paper, changed_at = excluded.changed_at
            """)
        .param(
            "longest",
            rules.longestYears().isPresent() ? rules.longestYears().getAsInt() : null,
            Types.INTEGER)
        .param("keeping", rules.keepingYears())
        .param(
            "most", rules.mostYen().isPresent() ? rules.mostYen().getAsLong() : null, Types.BIGINT)
        .param("renewal", rules.renewalOnPaper())
        .param("council", rules.councilOnPaper())
        .param("kinds", kinds(rules))
        .param("now", Timestamp.from(clock.instant()))
        .update();
    var changes = told(rules);
    changes.replaceAll((key, now) -> before.get(key) + " → " + now);
    audit.record(by, "settings.eligibility-changed", null, clientIp, changes);
  }

  private EligibilityRules.Facts facts(ContractId id) {
    return jdbc.sql(
            """
            select kind, amount, coalesce(period_from, contract_date) as begins, period_until,
                   renews, council_vote, paper_by_law
              from contract
             where id = :id
            """)
        .param("id", id.value())
        .query((row, _) -> facts(row))
        .optional()
        .orElseThrow(() -> new NotFound("contract " + id));
  }

  private static EligibilityRules.Facts facts(ResultSet row) throws SQLException {
    return new EligibilityRules.Facts(
        ContractKind.valueOf(row.getString("kind")),
        sum(row.getObject("amount", Long.class)),
        Optional.ofNullable(row.getObject("begins", LocalDate.class)),
        Optional.ofNullable(row.getObject("period_until", LocalDate.class)),
        new Clauses(
            row.getBoolean("renews"),
            row.getBoolean("council_vote"),
            Optional.ofNullable(row.getString("paper_by_law")).map(PaperByLaw::valueOf)));
  }

  private static EligibilityRules rules(ResultSet row) throws SQLException {
    var longest = row.getObject("longest_years", Integer.class);
    return new EligibilityRules(
        longest == null ? OptionalInt.empty() : OptionalInt.of(longest),
        row.getInt("keeping_years"),
        sum(row.getObject("most_yen", Long.class)),
        row.getBoolean("renewal_on_paper"),
        row.getBoolean("council_on_paper"),
        Arrays.stream((String[]) row.getArray("kinds_on_paper").getArray())
            .map(ContractKind::valueOf)
            .collect(Collectors.toSet()));
  }

  private static OptionalLong sum(@Nullable Long yen) {
    return yen == null ? OptionalLong.empty() : OptionalLong.of(yen);
  }

  private static String kinds(EligibilityRules rules) {
    return rules.kindsOnPaper().stream().sorted().map(Enum::name).collect(Collectors.joining(","));
  }

  private static Map<String, String> told(EligibilityRules rules) {
    var told = new TreeMap<String, String>();
    told.put(
        "longestYears",
        rules.longestYears().isPresent()
            ? String.valueOf(rules.longestYears().getAsInt())
            : "none");
    told.put("keepingYears", String.valueOf(rules.keepingYears()));
    told.put(
        "mostYen",
        rules.mostYen().isPresent() ? String.valueOf(rules.mostYen().getAsLong()) : "none");
    told.put("renewalOnPaper", String.valueOf(rules.renewalOnPaper()));
    told.put("councilOnPaper", String.valueOf(rules.councilOnPaper()));
    told.put("kindsOnPaper", rules.kindsOnPaper().isEmpty() ? "none" : kinds(rules));
    return told;
  }
}

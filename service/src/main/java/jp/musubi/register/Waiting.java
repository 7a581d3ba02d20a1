package jp.musubi.register;

/**
 * 滞留. Contracts that wait at a step for longer than so many days; by the calendar of Japan, so that
 * a list stays the same all day. What counts them and what lists them ask by the same texts.
 *
 * @param days waiting for more than these
 */
public record Waiting(At at, int days) {

  /** The longest that is asked for: ten years. */
  public static final int MOST_DAYS = 3650;

  private static final String LAST =
      """
      coalesce((select max(g.agreed_at) from agreement g
                 where g.tenant_id = c.tenant_id and g.contract_id = c.id), c.dispatched_at)\
      """;

  private static final String ASKED =
      """
      (select a.asked_at from approval a
        where a.tenant_id = c.tenant_id and a.contract_id = c.id and a.state = 'UNDER_WAY')\
      """;

  /** Where a contract may wait, as SQL over contract {@code c}. */
  public enum At {
    /** 承認: since it was asked for. */
    APPROVAL("c.state in ('DRAFT', 'SCHEDULED') and " + ASKED + " is not null", ASKED),
    /** 相手方: since it was sent, or since the agreement before. */
    COUNTERPARTY(
        "c.state = 'AWAITING_AGREEMENTS' and " + Conditions.NEXT + " is distinct from 'OFFICE'",
        LAST),
    /** 団体の署名: since the agreement before. */
    OFFICE("c.state = 'AWAITING_AGREEMENTS' and " + Conditions.NEXT + " = 'OFFICE'", LAST),
    /** 締結処理: since the last agreement. */
    SEALING("c.state = 'CONCLUDING'", LAST);

    private final String here;
    private final String since;

    At(String here, String since) {
      this.here = here;
      this.since = since;
    }

    /** Whether it waits here at all. */
    public String here() {
      return "(" + here + ")";
    }

    /** For how many days; {@code :today} is bound with the reach. */
    public String forDays() {
      return "(cast(:today as date) - cast(" + since + " at time zone 'Asia/Tokyo' as date))";
    }

    /** Whether it waits here for more than {@code :waitingDays}. */
    public String tooLong() {
      return "(" + here() + " and " + forDays() + " > :waitingDays)";
    }
  }
}

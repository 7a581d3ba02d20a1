package jp.musubi.shelf;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import jp.musubi.contract.ContractEvent;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 控えへの掲載. Puts what the current body concludes on the shelves of the counterparties that signed, in
 * the transaction that concludes it, and says whether the body's contracts are there at all.
 */
@Service
class Listing {
  private final JdbcClient jdbc;
  private final Contracts contracts;
  private final AuditTrail audit;
  private final TransactionOperations transaction;
  private final Clock clock;

  Listing(
      JdbcClient jdbc,
      Contracts contracts,
      AuditTrail audit,
      TransactionOperations transaction,
      Clock clock) {
    this.jdbc = jdbc;
    this.contracts = contracts;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  @EventListener
  @Transactional(propagation = Propagation.MANDATORY)
  public void concluded(ContractEvent.Concluded event) {
    var contract = contracts.get(event.contract());
    for (var party : contract.parties(Party.Kind.COUNTERPARTY)) {
      // 転送 wrote its new address into the party: whoever signed is who stands there now.
      var address = party.mail() == null ? null : HolderAddress.typed(party.mail()).orElse(null);
      if (address != null) {
        insert(contract, party.id(), address, event.at());
      }
    }
  }

  /** Whether the body's contracts are on shelves. */
  @Transactional(readOnly = true)
  public boolean isShown() {
    return rule();
  }

  /**
   * At once, for what was concluded and what will be. The rule is committed first, and its rows
   * follow when what is being concluded meanwhile has ended; in one transaction the end of the
   * audit chain and the lock would be held in both orders.
   */
  public void change(boolean shown, Actor by, @Nullable String clientIp) {
    transaction.executeWithoutResult(_ -> decide(shown, by, clientIp));
    transaction.executeWithoutResult(_ -> follow());
  }

  private void decide(boolean shown, Actor by, @Nullable String clientIp) {
    var before = rule();
    jdbc.sql(
            """
            insert into shelf_rules (shown, changed_at) values (:shown, :now)
            on conflict (tenant_id) do update
               set shown = excluded.shown, changed_at = excluded.changed_at
            """)
        .param("shown", shown)
        .param("now", Timestamp.from(clock.instant()))
        .update();
    audit.record(
        by, "settings.shelf-changed", null, clientIp, Map.of("shown", before + " → " + shown));
  }

  private void follow() {
    lock("pg_advisory_xact_lock");
    jdbc.sql(
            """
            update shelf_entry set shown = :shown
             where tenant_id = current_tenant() and shown <> :shown
            """)
        .param("shown", rule())
        .update();
  }

  private boolean rule() {
    return jdbc.sql("select shown from shelf_rules").query(Boolean.class).optional().orElse(true);
  }

  private void lock(String how) {
    jdbc.sql("select " + how + "(hashtextextended(current_tenant()::text, 144))")
        .query((_, _) -> true)
        .single();
  }

  private void insert(Particulars contract, PartyId party, HolderAddress address, Instant at) {
    lock("pg_advisory_xact_lock_shared");
    var way =
        jdbc.sql("select identification from party where id = :party")
            .param("party", party.value())
            .query(String.class)
            .single();
    var asksMore = Identification.Way.valueOf(way).level().reaches(Identification.Level.L2);
    jdbc.sql(
            """
            insert into shelf_entry (id, contract_id, party_id, address_digest, number, title, amount,
                                     contract_date, concluded_at, readable_until, asks_more, shown)
            values (:id, :contract, :party, :address, :number, :title, :amount,
                    :day, :at, :until, :more, :shown)
            on conflict (tenant_id, party_id) do nothing
            """)
        .param("id", UUID.randomUUID())
        .param("contract", contract.id().value())
        .param("party", party.value())
        .param("address", address.digest().hex())
        .param("number", contract.number())
        .param("title", contract.title())
        .param(
            "amount",
            contract.amount().isPresent() ? contract.amount().getAsLong() : null,
            Types.BIGINT)
        .param("day", contract.contractDate().orElse(null), Types.DATE)
        .param("at", Timestamp.from(at))
        .param("until", Timestamp.from(readableUntil(contract, at)))
        .param("more", asksMore)
        .param("shown", rule())
        .update();
  }

  /** The end of the party's own link: the end of that day, so many years later. */
  private static Instant readableUntil(Particulars contract, Instant at) {
    return at.atZone(JapaneseDates.ZONE)
        .toLocalDate()
        .plusYears(contract.readingYears())
        .plusDays(1)
        .atStartOfDay(JapaneseDates.ZONE)
        .toInstant();
  }
}

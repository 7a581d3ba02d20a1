package jp.musubi.shelf;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.musubi.platform.Holding;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 手元の契約書. Whether a file is one of a holder's contracts, which who merely reads the mailbox later
 * has not; each body is asked for its own contracts by itself.
 */
@Component
class Evidence {
  private final Shelf shelf;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final Clock clock;

  Evidence(Shelf shelf, JdbcClient jdbc, TransactionOperations transaction, Clock clock) {
    this.shelf = shelf;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What a file is worth for this holder; empty if it is of none of the contracts. */
  Optional<Reach> of(Sha256 address, Sha256 file) {
    return entries(address).stream().collect(Collectors.groupingBy(Entry::body)).entrySet().stream()
        .flatMap(each -> in(each.getKey(), () -> of(each.getValue(), file)).stream())
        .max(Reach::compareTo);
  }

  /** The address as a party of one of the contracts has it. */
  Optional<HolderAddress> addressOf(Sha256 address) {
    return entries(address).stream()
        .flatMap(entry ->
            in(
                entry.body(),
                () ->
                    jdbc.sql("select mail from party where id = :party and mail is not null")
                        .param("party", entry.party().value())
                        .query(String.class)
                        .optional()
                        .flatMap(HolderAddress::typed))
                .stream())
        .findFirst();
  }

  private List<Entry> entries(Sha256 address) {
    return Holding.in(
        address,
        () ->
            Objects.requireNonNull(transaction.execute(_ -> shelf.all(address, clock.instant()))));
  }

  private Optional<Reach> of(List<Entry> entries, Sha256 file) {
    return jdbc
        .sql(
            """
            select e.asks_more,
                   exists (select 1 from mail m
                            where m.contract_id = c.id and m.file_sha256 is not null) as mailed
              from contract c
              join shelf_entry e on e.tenant_id = c.tenant_id and e.contract_id = c.id
             where e.id in (:entries) and c.state = 'CONCLUDED'
               and (c.final_sha256 = :file or c.certificate_masked_sha256 = :file
                    or exists (select 1 from protection p
                                where p.contract_id = c.id and p.sha256 = :file))
            """)
        .param("entries", entries.stream().map(Entry::id).toList())
        .param("file", file.hex())
        .query((row, _) -> Reach.of(row.getBoolean("asks_more"), row.getBoolean("mailed")))
        .list()
        .stream()
        .max(Reach::compareTo);
  }

  private <T> T in(TenantId body, Supplier<T> work) {
    return Tenancy.in(body, () -> Objects.requireNonNull(transaction.execute(_ -> work.get())));
  }
}

package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.musubi.access.AddressGate;
import jp.musubi.access.Audience;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.Circumstances;
import jp.musubi.platform.Holding;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.UserAgent;
import jp.musubi.seal.Sha256;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * 控えの文書. The files of entries. The entry says which body to work for; there the contract itself is
 * asked once more whether the holder is a party, and the look goes on that body's record.
 */
@Component
class Files {
  private final Shelf shelf;
  private final Contracts contracts;
  private final NewestVersions newest;
  private final AddressGate gate;
  private final AccessRecord record;
  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final Clock clock;

  Files(
      Shelf shelf,
      Contracts contracts,
      NewestVersions newest,
      AddressGate gate,
      AccessRecord record,
      JdbcClient jdbc,
      TransactionOperations transaction,
      Clock clock) {
    this.shelf = shelf;
    this.contracts = contracts;
    this.newest = newest;
    this.gate = gate;
    this.record = record;
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Which of a contract's files. */
  enum Kind {
    /** 契約書. */
    CONTRACT("contract"),
    /** 締結証明書, the counterparty's copy. */
    CERTIFICATE("certificate");

    private final String recorded;

    Kind(String recorded) {
      this.recorded = recorded;
    }
  }

  /** What is done with a file, while the body is bound. */
  interface Use {
    /** Uses it. */
    void with(Particulars contract, Sha256 file);
  }

  /**
   * The entry of a holder.
   *
   * @throws NotFound if there is none of that key, or it is somebody else's: the same
   */
  Entry entry(Opened opened, UUID id) {
    return Holding.in(
        opened.address(),
        () ->
            Objects.requireNonNull(
                transaction.execute(_ ->
                    shelf
                        .find(opened.address(), opened.reach(), id, clock.instant())
                        .orElseThrow(() -> new NotFound("shelf entry " + id)))));
  }

  /** All of a 年度. */
  List<Entry> ofYear(Opened opened, int year) {
    return Holding.in(
        opened.address(),
        () ->
            Objects.requireNonNull(
                transaction.execute(
                    _ -> shelf.ofYear(opened.address(), opened.reach(), year, clock.instant()))));
  }

  /** Whether the entry's body lets counterparties in from there. */
  boolean admits(Entry entry, HttpServletRequest request) {
    return as(
        entry,
        request,
        () -> gate.admits(Audience.LINK, request.getRemoteAddr(), AddressGate.SOMEBODY));
  }

  /**
   * Hands a file out, on record before.
   *
   * @throws NotFound if the contract has it no more
   */
  void use(Opened opened, Entry entry, Kind kind, HttpServletRequest request, Use use) {
    as(
        entry,
        request,
        () -> {
          var contract = contract(opened, entry);
          var file = in(() -> newest.of(contract.id(), file(contract, kind)));
          var party = contract.party(entry.party()).orElseThrow();
          record.note(
              new Actor(Actor.Kind.COUNTERPARTY, party.id().toString(), party.signature()),
              "document.downloaded",
              contract.id().value(),
              request.getRemoteAddr(),
              Map.of(
                  "document",
                  file.hex(),
                  "kind",
                  kind.recorded,
                  "way",
                  "SHELF",
                  "userAgent",
                  UserAgent.of(request)));
          use.with(contract, file);
          return true;
        });
  }

  /**
   * Of these entries, title and number of the contract that each changes, where that one lies on
   * the same shelf.
   */
  Map<UUID, String> changes(Opened opened, List<Entry> entries) {
    var changes = new HashMap<UUID, String>();
    entries.stream()
        .collect(Collectors.groupingBy(Entry::body))
        .forEach((body, those) ->
            changes.putAll(Tenancy.in(body, () -> in(() -> changed(opened, those)))));
    return changes;
  }

  private Map<UUID, String> changed(Opened opened, List<Entry> entries) {
    var changes = new HashMap<UUID, String>();
    jdbc.sql(
            """
            select e.id, o.title, o.number
              from shelf_entry e
              join contract_origin c
                on c.tenant_id = e.tenant_id and c.contract_id = e.contract_id
               and c.relation = 'CHANGE'
              join shelf_entry o
                on o.tenant_id = e.tenant_id and o.contract_id = c.original_id
               and o.address_digest = e.address_digest and o.shown
               and o.readable_until > now() and (:all or not o.asks_more)
             where e.id in (:entries) and e.address_digest = :holder
            """)
        .param("entries", entries.stream().map(Entry::id).toList())
        .param("holder", opened.address().hex())
        .param("all", opened.reach() == Reach.ALL)
        .query(row -> {
          changes.put(
              row.getObject("id", UUID.class),
              row.getString("title") + "（" + row.getString("number") + "）");
        });
    return changes;
  }

  /** The contract, if this is a concluded one of a party with the holder's address. */
  private Particulars contract(Opened opened, Entry entry) {
    var contract = in(() -> contracts.get(entry.contract()));
    var signed =
        contract
            .party(entry.party())
            .flatMap(party -> Optional.ofNullable(party.mail()))
            .flatMap(HolderAddress::typed)
            .filter(address -> address.digest().equals(opened.address()))
            .isPresent();
    if (!signed || !contract.state().equals("CONCLUDED")) {
      throw new NotFound("shelf entry " + entry.id());
    }
    return contract;
  }

  private static Sha256 file(Particulars contract, Kind kind) {
    var file =
        switch (kind) {
          case CONTRACT -> contract.finalFile();
          case CERTIFICATE -> contract.certificateMasked();
        };
    return file.orElseThrow(() -> new NotFound(kind + " of contract " + contract.id()));
  }

  private <T> T as(Entry entry, HttpServletRequest request, Supplier<T> work) {
    return Tenancy.in(
        entry.body(), () -> Circumstances.from(request.getRemoteAddr()).in(work::get));
  }

  private <T> T in(Supplier<T> work) {
    return Objects.requireNonNull(transaction.execute(_ -> work.get()));
  }
}

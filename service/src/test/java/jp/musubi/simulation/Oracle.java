package jp.musubi.simulation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.musubi.TestBody;
import jp.musubi.contract.Contracts;
import jp.musubi.harness.Fences;
import jp.musubi.operations.Auditor;
import jp.musubi.platform.Tenancy;
import jp.musubi.sealing.SimulatedSealing;
import jp.musubi.vault.Vault;
import org.springframework.context.ApplicationContext;

/** What must hold when a world has come to rest. */
final class Oracle {
  /** What is no PDF cannot be judged as one; what it says instead is compared here. */
  private static final Set<String> OF_PDF = Set.of("not-valid", "not-readable");

  private final ApplicationContext context;
  private final Connection superuser;

  Oracle(ApplicationContext context, Connection superuser) {
    this.context = context;
    this.superuser = superuser;
  }

  List<String> wrong(World world, TestBody body, People people) throws SQLException {
    var wrong = new ArrayList<String>();
    context.getBean(Auditor.class).audit(body.id(), body.code()).stream()
        .filter(violation -> !OF_PDF.contains(violation.code()))
        .forEach(violation -> wrong.add(violation.invariant() + ": " + violation));
    wrong.addAll(people.wrong());
    wrong.addAll(Fences.wrong(superuser, body.id()));
    for (var contract : people.contracts()) {
      if (people.is(contract, "CONCLUDED")) {
        world.tally().concluded(1);
        content(body, contract).ifPresent(wrong::add);
      }
    }
    endings(body, wrong);
    letters(world, body, wrong);
    events(world, body, wrong);
    return wrong;
  }

  /** I1, I3: the file carries the seal of each agreement once, in their order. */
  private java.util.Optional<String> content(TestBody body, SimulatedContract contract) {
    return Tenancy.in(
        body.id(),
        () -> {
          var contracts = context.getBean(Contracts.class);
          var agreed =
              contracts.agreements(contract.id()).stream().map(a -> a.id().toString()).toList();
          var file = contracts.get(contract.id()).finalFile().orElseThrow();
          var seals = context.getBean(Vault.class).with(file, SimulatedSealing::seals);
          return seals.equals(agreed)
              ? java.util.Optional.<String>empty()
              : java.util.Optional.of("I1: seals %s of agreements %s".formatted(seals, agreed));
        });
  }

  /** I6: one ending each. */
  private void endings(TestBody body, List<String> wrong) throws SQLException {
    var counted =
        texts(
            """
            select contract_id || ' ' || count(*) from audit_entry
             where tenant_id = ? and action in ('contract.concluded', 'contract.declined',
                   'contract.returned', 'contract.withdrawn', 'contract.expired')
             group by contract_id having count(*) <> 1
            """,
            body);
    counted.forEach(what -> wrong.add("I6: endings: " + what));
    texts(
            """
            select m.occasion from mail m join contract c
                on c.tenant_id = m.tenant_id and c.id = m.contract_id
             where m.tenant_id = ? and m.occasion like 'concluded/%' and c.state <> 'CONCLUDED'
            """,
            body)
        .forEach(what -> wrong.add("I3: told of what is not: " + what));
  }

  /** I9: as often as it was sent, and no more than the faults explain. */
  private void letters(World world, TestBody body, List<String> wrong) throws SQLException {
    Map<String, Integer> received = new HashMap<>();
    world
        .mailbox()
        .letters()
        .forEach(letter -> received.merge(letter.messageId(), 1, Integer::sum));
    var known = texts("select message_id from mail where tenant_id = ?", body);
    known.stream()
        .filter(id -> received.getOrDefault(id, 0) == 0)
        .forEach(id -> wrong.add("I9: sent and never received: " + id));
    received.forEach((id, times) -> {
      if (!known.contains(id)) {
        wrong.add("I3: a letter that no record knows: " + id);
      }
      if (times > 1 + world.excuses()) {
        wrong.add("I9: received %d times: %s".formatted(times, id));
      }
    });
    texts("select occasion from mail where tenant_id = ? and sent_at is null", body)
        .forEach(what -> wrong.add("I9: not sent: " + what));
    texts(
            """
            select contract_id || ' ' || recipient from mail
             where tenant_id = ? and split_part(occasion, '/', 1) = 'concluded'
             group by contract_id, recipient having count(*) > 1
            """,
            body)
        .forEach(what -> wrong.add("I9: told twice of one outcome: " + what));
  }

  private void events(World world, TestBody body, List<String> wrong) throws SQLException {
    var received = world.mailbox().events();
    var known = texts("select id::text from webhook_delivery where tenant_id = ?", body);
    known.stream()
        .filter(id -> !received.contains(id))
        .forEach(id -> wrong.add("I9: an event nobody received: " + id));
    received.stream()
        .filter(id -> !known.contains(id))
        .forEach(id -> wrong.add("I3: an event that no record knows: " + id));
  }

  private List<String> texts(String sql, TestBody body) throws SQLException {
    try (var query = superuser.prepareStatement(sql)) {
      query.setObject(1, body.id().value());
      var found = new ArrayList<String>();
      try (var row = query.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
      return found;
    }
  }
}

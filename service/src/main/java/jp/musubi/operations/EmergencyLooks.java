package jp.musubi.operations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.NotPermitted;
import jp.musubi.platform.Tenancy;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 緊急閲覧の中身. The one way by which an operator comes to see a contract: each look is decided anew, and
 * stands in the body's chain with both operators before anything is read.
 */
@Service
class EmergencyLooks {
  private final Contracts contracts;
  private final Vault vault;
  private final AccessRecord record;
  private final TransactionTemplate reading;
  private final Clock clock;

  EmergencyLooks(
      Contracts contracts,
      Vault vault,
      AccessRecord record,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.contracts = contracts;
    this.vault = vault;
    this.record = record;
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.reading.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
  }

  /** A file with the name it is given. */
  record Taken(String name, java.io.InputStream bytes) {}

  /**
   * What is known of the contract.
   *
   * @throws NotPermitted unless it is open to this operator at this moment
   */
  Particulars contract(Emergencies.Of of, StaffMember operator, String clientIp) {
    return Tenancy.in(
        of.body().id(),
        () -> {
          look(of.emergency(), operator, "emergency.viewed", clientIp, Map.of());
          return contracts.get(new ContractId(of.emergency().contract()));
        });
  }

  /**
   * Its file as it stands.
   *
   * @throws NotPermitted unless it is open to this operator at this moment
   */
  Taken file(Emergencies.Of of, StaffMember operator, String clientIp) {
    return Tenancy.in(
        of.body().id(),
        () -> {
          insist(of.emergency(), operator, clientIp);
          var contract = contracts.get(new ContractId(of.emergency().contract()));
          if (contract.isDisposed()) {
            throw new NotFound("file of contract " + contract.id());
          }
          var file = contract.currentFile();
          look(
              of.emergency(),
              operator,
              "emergency.downloaded",
              clientIp,
              Map.of("document", file.hex()));
          var bytes =
              Objects.requireNonNull(reading.execute(_ -> vault.with(file, EmergencyLooks::read)));
          return new Taken(of.emergency().contractNumber(), bytes);
        });
  }

  private void look(
      Emergency emergency,
      StaffMember operator,
      String action,
      String clientIp,
      Map<String, String> more) {
    insist(emergency, operator, clientIp);
    var details = new TreeMap<>(more);
    details.put("emergency", emergency.id().toString());
    details.put("reference", emergency.reference());
    details.put("asker", emergency.asker().name());
    details.put("approver", Objects.requireNonNull(emergency.approval()).by().name());
    record.note(
        EmergencyRecord.operator(operator), action, emergency.contract(), clientIp, details);
  }

  private void insist(Emergency emergency, StaffMember operator, String clientIp) {
    var refusal = emergency.refusesLook(operator.id(), clock.instant());
    if (refusal.isPresent()) {
      record.note(
          EmergencyRecord.operator(operator),
          "emergency.refused",
          emergency.contract(),
          clientIp,
          Map.of("emergency", emergency.id().toString(), "why", refusal.get().name()));
      throw new NotPermitted("emergency " + emergency.id() + ": " + refusal.get());
    }
  }

  private static java.io.InputStream read(java.nio.file.Path file) {
    try {
      return new java.io.ByteArrayInputStream(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package jp.musubi.contract;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.platform.Idempotency;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.inspection.Finding;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 附属書類を整える. What is part of the contract changes only while that is a draft, and then what was
 * prepared is void; what is only kept with the case may come and go at any time.
 *
 * <p>All steps throw {@link StepRefused} when the contract has left or a {@link SendingGate} keeps
 * it as it is, and {@link NotFound} when the current body has none of that key.
 */
@Service
public class Attachments {
  private final AttachmentStore store;
  private final AttachmentShelf shelf;
  private final FileIntake intake;
  private final Vault vault;
  private final Idempotency idempotency;
  private final TransactionTemplate transaction;

  Attachments(
      AttachmentStore store,
      AttachmentShelf shelf,
      FileIntake intake,
      Vault vault,
      Idempotency idempotency,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.shelf = shelf;
    this.intake = intake;
    this.vault = vault;
    this.idempotency = idempotency;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** What a file is, and how it belongs to the contract. */
  public record Choice(Attachment.Kind kind, Attachment.Role role) {}

  /** Who does it, and from where. */
  public record By(StaffMember clerk, String clientIp) {}

  /** What became of a file. */
  public sealed interface Outcome {
    /** Stored; notices tell what was put right and what to look at. */
    record Taken(UUID attachment, List<Finding> notices) implements Outcome {}

    /** Not stored. */
    record Unfit(DocumentSet.Unfit reason) implements Outcome {}

    /** A PDF that was not stored; each finding is a reason. */
    record Rejected(List<Finding> reasons) implements Outcome {}
  }

  /** The contract's set. */
  public DocumentSet of(ContractId contract) {
    return Objects.requireNonNull(transaction.execute(_ -> store.of(contract)));
  }

  /**
   * Adds a file; the form's key makes it one however often it is sent.
   *
   * @param name as {@link AttachmentName} made it
   */
  public Outcome add(ContractId contract, Path upload, String name, Choice as, String key, By by) {
    return add(contract, upload, name, as, key, by, () -> {});
  }

  /**
   * The same with something that is done in the same transaction, before the file is added.
   *
   * @param also takes all of it back by throwing
   */
  public Outcome add(
      ContractId contract, Path upload, String name, Choice as, String key, By by, Runnable also) {
    return take(
        new FileIntake.Given(upload, name),
        as.role(),
        file ->
            UUID.fromString(
                idempotency.once(
                    key,
                    "attach %s %s %s %s".formatted(contract, as, name, file.original()),
                    () -> {
                      var set = shelf.hold(contract, as.role());
                      also.run();
                      shelf.insist(set, as.role(), file);
                      var added =
                          shelf.stored(contract, UUID.randomUUID(), set.next(), as, name, file);
                      shelf.write("contract.file-attached", contract, added, by);
                      return added.id().toString();
                    })));
  }

  /** Puts another file in the place of one. */
  public Outcome replace(
      ContractId contract, UUID id, Path upload, String name, String key, By by) {
    var earlier = find(contract, id);
    return take(
        new FileIntake.Given(upload, name),
        earlier.role(),
        file ->
            UUID.fromString(
                idempotency.once(
                    key,
                    "replace %s %s %s".formatted(id, name, file.original()),
                    () -> {
                      var set = shelf.hold(contract, earlier.role());
                      var old = shelf.same(set, earlier);
                      shelf.insist(set.without(id), old.role(), file);
                      var next =
                          shelf.stored(
                              contract,
                              id,
                              old.ordinal(),
                              new Choice(old.kind(), old.role()),
                              name,
                              file);
                      shelf.write("contract.file-replaced", contract, next, by);
                      return id.toString();
                    })));
  }

  /** Says anew what a file is, or how it belongs to the contract. */
  public Outcome change(ContractId contract, UUID id, Choice as, By by) {
    var earlier = find(contract, id);
    if (as.role() != Attachment.Role.SIGNED || earlier.role() == Attachment.Role.SIGNED) {
      transaction.executeWithoutResult(_ -> {
        var old = shelf.same(shelf.hold(contract, Attachment.Role.SIGNED), earlier);
        shelf.change(contract, old.as(as.kind(), as.role()), by);
      });
      return new Outcome.Taken(id, List.of());
    }
    try (var copy = new Scratch()) {
      vault.with(earlier.sha256(), copy::fill);
      return take(
          new FileIntake.Given(copy.file(), earlier.name()),
          as.role(),
          file -> {
            var set = shelf.hold(contract, as.role());
            var old = shelf.same(set, earlier);
            shelf.insist(set.without(id), as.role(), file);
            shelf.change(
                contract, shelf.stored(contract, id, old.ordinal(), as, old.name(), file), by);
            return id;
          });
    }
  }

  /** Takes a file away. What was stored stays stored; the record says which it was. */
  public void remove(ContractId contract, UUID id, By by) {
    var earlier = find(contract, id);
    transaction.executeWithoutResult(_ -> {
      var old = shelf.same(shelf.hold(contract, earlier.role()), earlier);
      shelf.remove(contract, old, by);
    });
  }

  /** Moves a file one place up or down among those of its role. */
  public void move(ContractId contract, UUID id, boolean up, By by) {
    var earlier = find(contract, id);
    transaction.executeWithoutResult(_ -> {
      var set = shelf.hold(contract, Attachment.Role.SIGNED);
      var old = shelf.same(set, earlier);
      set.neighbour(old, up).ifPresent(other -> shelf.swap(contract, old, other, by));
    });
  }

  /** What happens to a file that is fit, in one transaction with storing it. */
  private interface Effect {
    UUID of(FileIntake.Result.Fit file);
  }

  private Outcome take(FileIntake.Given given, Attachment.Role role, Effect effect) {
    try (var anew = new Scratch()) {
      return switch (intake.look(given, role, anew.file())) {
        case FileIntake.Result.Unfit(var reason) -> new Outcome.Unfit(reason);
        case FileIntake.Result.Rejected(var reasons) -> new Outcome.Rejected(reasons);
        case FileIntake.Result.Fit fit ->
            new Outcome.Taken(
                Objects.requireNonNull(transaction.execute(_ -> effect.of(fit))), fit.notices());
      };
    } catch (AttachmentShelf.DoesNotFit unfit) {
      return new Outcome.Unfit(unfit.reason());
    }
  }

  private Attachment find(ContractId contract, UUID id) {
    return of(contract).find(id).orElseThrow(() -> new NotFound("attachment " + id));
  }
}

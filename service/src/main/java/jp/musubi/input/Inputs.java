package jp.musubi.input;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Drafts;
import jp.musubi.contract.Preparing;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 入力項目を置き、記入する. Only while the contract is a draft; whatever changes makes what was prepared void,
 * and the draft is prepared anew when it is stored.
 *
 * <p>All steps throw {@link jp.musubi.contract.StepRefused} when the contract has left, or a {@link
 * jp.musubi.contract.SendingGate} keeps it as it is, and {@link NotFound} when the current body has
 * none of that key.
 */
@Service
class Inputs {
  private final InputStore store;
  private final Contracts contracts;
  private final Drafts drafts;
  private final Preparing preparing;
  private final Vault vault;
  private final AuditTrail audit;
  private final Clock clock;
  private final TransactionTemplate transaction;

  Inputs(
      InputStore store,
      Contracts contracts,
      Drafts drafts,
      Preparing preparing,
      Vault vault,
      AuditTrail audit,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.contracts = contracts;
    this.drafts = drafts;
    this.preparing = preparing;
    this.vault = vault;
    this.audit = audit;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Who fills in, or puts a field.
   *
   * @param printed as on papers
   * @param mail to whom the form was sent; empty for the body's own
   */
  record By(
      Actor actor, String printed, Optional<String> mail, String clientIp, String userAgent) {}

  /** A contract's fields, with what was filled in. */
  InputSheet of(ContractId contract) {
    return in(() -> sheet(contract));
  }

  /** Puts a field, in the place of one of the same key if there is one; why not, if not. */
  Optional<Misplaced> put(ContractId contract, InputField field, By by) {
    var refused =
        in(() -> {
          var sheet = held(contract);
          var earlier = sheet.find(field.id());
          var kept = earlier.filter(old -> sameAnswer(old, field)).isPresent();
          var others = sheet.fields().stream().filter(f -> !f.id().equals(field.id())).toList();
          var refusal =
              vault.with(
                  sheet.contract().document(),
                  file ->
                      field
                          .refused(others, Placing.sizes(file))
                          .or(() ->
                              kept
                                  ? noRoom(file, List.of(field), sheet.texts())
                                  : Optional.<Misplaced>empty()));
          if (refusal.isEmpty()) {
            drafts.unsettle(contract);
            if (earlier.isPresent() && !kept) {
              store.removeValue(field.id());
            }
            store.put(contract, field);
            record(
                earlier.isPresent() ? "input.changed" : "input.put",
                contract,
                by,
                Map.of("fields", field.label()));
          }
          return refusal;
        });
    if (refused.isEmpty()) {
      prepare(contract);
    }
    return refused;
  }

  /**
   * Moves fields; all of them or none.
   *
   * @return why not, by the key of the field
   */
  Map<UUID, Misplaced> place(ContractId contract, Map<UUID, InputBox> boxes, By by) {
    var moved =
        in(() -> {
          var sheet = held(contract);
          var all =
              sheet.fields().stream()
                  .map(field -> field.at(boxes.getOrDefault(field.id(), field.box())))
                  .toList();
          var changed =
              all.stream()
                  .filter(field -> !sheet.find(field.id()).orElseThrow().equals(field))
                  .toList();
          var refusals =
              vault.with(
                  sheet.contract().document(),
                  file -> {
                    var pages = Placing.sizes(file);
                    return changed.stream()
                        .flatMap(field ->
                            field
                                .refused(all, pages)
                                .or(() -> noRoom(file, List.of(field), sheet.texts()))
                                .map(why -> Map.entry(field.id(), why))
                                .stream())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
                  });
          if (refusals.isEmpty() && !changed.isEmpty()) {
            drafts.unsettle(contract);
            changed.forEach(field -> store.put(contract, field));
            record("input.moved", contract, by, Map.of("fields", labels(changed)));
          }
          return new Moved(refusals, !changed.isEmpty());
        });
    if (moved.refused().isEmpty() && moved.changed()) {
      prepare(contract);
    }
    return moved.refused();
  }

  /** Takes a field away, with what was filled in. */
  void remove(ContractId contract, UUID id, By by) {
    change(
        contract,
        sheet -> {
          var field = sheet.find(id).orElseThrow(() -> new NotFound("field " + id));
          store.remove(id);
          return new Done("input.removed", Map.of("fields", field.label()));
        },
        by);
  }

  /** Takes away what was filled into a field. */
  void clear(ContractId contract, UUID id, By by) {
    change(
        contract,
        sheet -> {
          var field = sheet.find(id).orElseThrow(() -> new NotFound("field " + id));
          store.removeValue(id);
          return new Done("input.cleared", Map.of("fields", field.label()));
        },
        by);
  }

  /**
   * What of the values cannot stand in its box.
   *
   * @param values by the key of their fields
   */
  Map<UUID, Text> misfits(InputSheet sheet, List<InputField> fields, Map<UUID, String> values) {
    return in(() ->
        vault.with(sheet.contract().document(), file -> Fitting.misfits(file, fields, values)));
  }

  /**
   * 記入: what a party fills in. The same values once more change nothing.
   *
   * @param fields all that were shown
   * @param values by the key of their fields, as they were read; none where nothing was typed
   * @param also done in the same transaction
   */
  void fill(
      ContractId contract,
      List<InputField> fields,
      Map<UUID, String> values,
      By by,
      Runnable also) {
    var changed =
        in(() -> {
          var sheet = held(contract);
          if (!sheet.fields().containsAll(fields)) {
            throw new jp.musubi.platform.ConcurrentChange("fields of " + contract);
          }
          also.run();
          var differs =
              fields.stream()
                  .anyMatch(field ->
                      !sheet
                          .value(field)
                          .map(InputValue::text)
                          .orElse("")
                          .equals(values.getOrDefault(field.id(), "")));
          if (differs) {
            drafts.unsettle(contract);
            for (var field : fields) {
              var text = values.getOrDefault(field.id(), "");
              if (text.isEmpty()) {
                store.removeValue(field.id());
              } else {
                var now = clock.instant();
                store.put(
                    contract,
                    new InputValue(field.id(), text, by.printed(), by.mail(), now),
                    by.clientIp(),
                    by.userAgent());
              }
            }
            // Not the values: they stand in the document, and the record outlives it.
            record(
                "input.filled",
                contract,
                by,
                Map.of("fields", labels(fields), "sha256", digest(fields, values).hex()));
          }
          return differs;
        });
    if (changed) {
      prepare(contract);
    }
  }

  /** One line a field, label and value: what the record's digest is of. */
  static Sha256 digest(List<InputField> fields, Map<UUID, String> values) {
    return Sha256.of(
        fields.stream()
            .map(field -> field.label() + "\t" + values.getOrDefault(field.id(), "") + "\n")
            .collect(Collectors.joining())
            .getBytes(StandardCharsets.UTF_8));
  }

  private record Moved(Map<UUID, Misplaced> refused, boolean changed) {}

  private record Done(String action, Map<String, String> details) {}

  private void change(ContractId contract, Function<InputSheet, Done> step, By by) {
    transaction.executeWithoutResult(_ -> {
      var sheet = held(contract);
      drafts.unsettle(contract);
      var done = step.apply(sheet);
      record(done.action(), contract, by, done.details());
    });
    prepare(contract);
  }

  private void prepare(ContractId contract) {
    if (!contracts.get(contract).parties().isEmpty()) {
      preparing.prepare(contract);
    }
  }

  private InputSheet held(ContractId contract) {
    drafts.hold(contract);
    return sheet(contract);
  }

  private InputSheet sheet(ContractId contract) {
    return new InputSheet(contracts.get(contract), store.fields(contract), store.values(contract));
  }

  /** What was filled in stays only where the question is still the same. */
  private static boolean sameAnswer(InputField old, InputField now) {
    return old.kind().equals(now.kind()) && old.filler() == now.filler();
  }

  private static Optional<Misplaced> noRoom(
      java.nio.file.Path document, List<InputField> fields, Map<UUID, String> values) {
    return Fitting.misfits(document, fields, values).isEmpty()
        ? Optional.empty()
        : Optional.of(new Misplaced.NoRoom(labels(fields)));
  }

  private static String labels(List<InputField> fields) {
    return fields.stream().map(InputField::label).collect(Collectors.joining("、"));
  }

  private void record(String action, ContractId contract, By by, Map<String, String> details) {
    audit.record(by.actor(), action, contract.value(), by.clientIp(), details);
  }

  private <T> T in(java.util.function.Supplier<T> step) {
    return Objects.requireNonNull(transaction.execute(_ -> step.get()));
  }
}

package jp.musubi.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Inscription;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Refusal;
import jp.musubi.contract.StepRefused;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** 記入の書き込み: what was filled in becomes part of the document before anybody seals it (0068). */
@Component
class InputInscription implements Inscription {
  private final InputStore store;
  private final TransactionTemplate transaction;

  InputInscription(InputStore store, PlatformTransactionManager transactions) {
    this.store = store;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public void write(Particulars draft, Path document) {
    var sheet =
        Objects.requireNonNull(
            transaction.execute(
                _ -> new InputSheet(draft, store.fields(draft.id()), store.values(draft.id()))));
    var texts = sheet.texts();
    var misfits = Fitting.misfits(document, sheet.fields(), texts);
    if (!misfits.isEmpty()) {
      throw new StepRefused(
          new Refusal.InputsUnfit(
              sheet.fields().stream()
                  .filter(field -> misfits.containsKey(field.id()))
                  .map(InputField::label)
                  .toList()));
    }
    Fitting.write(document, sheet.fields(), texts);
  }

  @Override
  public void copy(ContractId from, ContractId to) {
    for (var field : store.fields(from)) {
      store.put(
          to,
          new InputField(
              UUID.randomUUID(),
              field.ordinal(),
              field.label(),
              field.kind(),
              field.filler(),
              field.mandatory(),
              field.box(),
              field.size(),
              field.prefilled()));
    }
  }

  @Override
  public List<Written> of(ContractId contract) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          var fields = store.fields(contract);
          return store.values(contract).stream()
              .flatMap(value ->
                  fields.stream()
                      .filter(field -> field.id().equals(value.field()))
                      .map(field ->
                          new Written(
                              field.label(), field.drawn(value.text()), value.by(), value.at())))
              .toList();
        }));
  }
}

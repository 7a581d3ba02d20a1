package jp.musubi.register;

import java.util.HashMap;
import java.util.Optional;
import jp.musubi.contract.ContractId;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * 調達案件番号. By what a body's tender system knows a contract: noted as the item of that name, where
 * the body has one, so that it is listed, searched and taken out as every item is.
 */
@Service
public class CaseNumbers {
  /** What the item has to be called. */
  public static final String ITEM = "調達案件番号";

  private final Entries entries;
  private final Items items;

  CaseNumbers(Entries entries, Items items) {
    this.entries = entries;
    this.items = items;
  }

  /** Whether the body's register has the item. */
  @Transactional(readOnly = true)
  public boolean areKept() {
    return item().isPresent();
  }

  /** Notes the number of a draft, in the transaction that makes it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void note(ContractId draft, String number) {
    item()
        .ifPresent(item -> {
          var entry = entries.find(draft).entry();
          var values = new HashMap<>(entry.values());
          values.put(item.id(), number);
          entries.enter(
              draft,
              new Entry(
                  entry.pricing(),
                  entry.longTerm(),
                  entry.debtBurden(),
                  entry.budgetClause(),
                  entry.fiscalYear(),
                  entry.decision(),
                  entry.keeping(),
                  values));
        });
  }

  private Optional<Item> item() {
    return items.open().stream()
        .filter(each -> each.name().equals(ITEM) && each.kind() == Item.Kind.TEXT)
        .findFirst();
  }
}

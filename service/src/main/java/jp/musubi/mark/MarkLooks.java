package jp.musubi.mark;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.PartyId;
import jp.musubi.contract.SealLooks;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.appearance.VisibleSeal;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 表示 as the preparation of a draft wants it: what is stale is not drawn, and {@link MarkGate} says
 * so.
 */
@Component
class MarkLooks implements SealLooks {
  private final MarkStore store;
  private final Drawing drawing;
  private final TransactionTemplate transaction;

  MarkLooks(MarkStore store, Drawing drawing, PlatformTransactionManager transactions) {
    this.store = store;
    this.drawing = drawing;
    this.transaction = new TransactionTemplate(transactions);
  }

  @Override
  public Map<PartyId, VisibleSeal> of(Particulars draft) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          var sheet = store.sheet(draft);
          var looks = new HashMap<PartyId, VisibleSeal>();
          for (var mark : sheet.drawn()) {
            var party = sheet.party(mark).orElseThrow();
            looks.put(party.id(), drawing.look(mark, party, this::png));
          }
          return looks;
        }));
  }

  @Override
  public void copy(ContractId from, ContractId to) {
    for (var mark : store.marks(from)) {
      store.put(
          to, new Mark(UUID.randomUUID(), mark.kind(), mark.ordinal(), mark.imprint(), mark.box()));
    }
  }

  private byte[] png(UUID imprint) {
    return store.png(imprint).orElseThrow(() -> new NotFound("imprint " + imprint));
  }
}

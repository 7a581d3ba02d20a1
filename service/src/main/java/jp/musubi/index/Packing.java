package jp.musubi.index;

import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 索引を作り、保つ. Of the current body, a block of contracts at a time, so that it may end anywhere.
 * Nobody waits for it: who writes a contract only adds a row to what is pending.
 */
@Service
public class Packing {
  /** Fewer contracts are compared one by one as fast as they are looked up. */
  static final int LEAST_CONTRACTS = 1_000;

  /** So many changes are worth a block. */
  static final int LEAST_CHANGES = 512;

  /** Blocks of less, or of which so much went elsewhere, are packed together with what is new. */
  private static final int HALF = Members.PLACES / 2;

  private static final int QUARTER = Members.PLACES / 4;
  private static final int MOST_REPLACED = 8;

  private final IndexStore store;
  private final Clock clock;

  Packing(IndexStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** One step, if there is enough to do; whether there is more. */
  @Transactional
  public boolean step() {
    return step(LEAST_CONTRACTS, LEAST_CHANGES);
  }

  /** Throws the index away, to be built anew; until then contracts are compared one by one. */
  @Transactional
  public void drop() {
    store.lock();
    store.drop();
  }

  /**
   * One step.
   *
   * @param leastContracts a body of fewer gets no index
   * @param leastChanges fewer are not packed
   */
  @Transactional
  boolean step(int leastContracts, int leastChanges) {
    var state = store.lock();
    if (state.isEmpty()) {
      return begin(leastContracts);
    }
    return state.get().whole() ? follow(leastChanges) : build(state.get());
  }

  /** What was pending is among all that will be read; what comes to be pending now stays. */
  private boolean begin(int leastContracts) {
    store.forgetPending();
    if (!store.hasContracts(leastContracts)) {
      return false;
    }
    store.begin(clock.instant());
    return true;
  }

  private boolean build(IndexStore.State state) {
    var entries = store.entriesAfter(state.through());
    if (!entries.isEmpty()) {
      store.add(Block.of(entries));
      store.through(entries.getLast().key());
    }
    if (entries.size() < Members.PLACES) {
      store.whole(clock.instant());
    }
    return true;
  }

  private boolean follow(int leastChanges) {
    if (!store.hasPending(leastChanges)) {
      return false;
    }
    var pending = store.pending(Members.PLACES);
    var contracts = new HashSet<>(pending.contracts());
    var replaced = new HashSet<Long>();
    replace(store.entries(contracts), contracts, replaced);
    var entries = store.entries(contracts);
    store.remove(replaced);
    for (var from = 0; from < entries.size(); from += Members.PLACES) {
      store.add(Block.of(entries.subList(from, Math.min(from + Members.PLACES, entries.size()))));
    }
    store.packed(pending);
    return true;
  }

  /**
   * Which blocks are packed anew with what changed, and their contracts with it: small ones, those
   * that lost a quarter, and at once those in which something was disposed of, since what was taken
   * out of it is not to stay here.
   */
  private void replace(List<Block.Entry> changed, Set<UUID> contracts, Set<Long> replaced) {
    if (changed.isEmpty()) {
      return;
    }
    var oldest = changed.getFirst().key().createdAt();
    var newest = changed.getLast().key().createdAt();
    var disposed = store.disposed(contracts);
    var ids = Set.copyOf(contracts);
    var small = 0;
    for (var head : store.heads()) {
      var isSmall = head.contracts() - head.moved() <= HALF && small < MOST_REPLACED;
      if (!isSmall && (head.oldest().isAfter(newest) || head.newest().isBefore(oldest))) {
        continue;
      }
      var keys = store.keys(head.block());
      var gone = keys.stream().map(Key::id).filter(ids::contains).toList();
      var tooFew = head.moved() + gone.size() > QUARTER && replaced.size() < MOST_REPLACED;
      if (isSmall || tooFew || gone.stream().anyMatch(disposed::contains)) {
        small += isSmall ? 1 : 0;
        replaced.add(head.block());
        keys.forEach(key -> contracts.add(key.id()));
      } else if (!gone.isEmpty()) {
        store.moved(head.block(), gone.size());
      }
    }
  }
}

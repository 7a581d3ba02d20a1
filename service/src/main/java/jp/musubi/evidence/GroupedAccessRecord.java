package jp.musubi.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import jp.musubi.evidence.Circumstances.Fact;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Group commit: what comes while one commit is under way goes with the next. A body's chain is one
 * line by nature, and a commit takes longer than an entry; so a crowd shares commits, and each
 * caller still waits for that of its own entry.
 */
@Component
class GroupedAccessRecord implements AccessRecord, AutoCloseable {
  /** So that nobody waits for a whole crowd, and no transaction grows without bound. */
  private static final int MOST = 200;

  private final StoredAuditTrail trail;
  private final TransactionTemplate transaction;
  private final Map<TenantId, Line> lines = new ConcurrentHashMap<>();
  private final ExecutorService writers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("access-record-", 0).factory());

  GroupedAccessRecord(StoredAuditTrail trail, PlatformTransactionManager transactions) {
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** One entry, and who waits for it. */
  private record Waiting(Fact fact, CompletableFuture<Boolean> written) {}

  @Override
  public void note(
      Actor actor,
      String action,
      @Nullable UUID contractId,
      @Nullable String clientIp,
      Map<String, String> details) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a look is recorded outside of any transaction: " + action);
    }
    var fact = Circumstances.complete(new Fact(actor, action, contractId, clientIp, details));
    var mine = new Waiting(fact, new CompletableFuture<>());
    lines.computeIfAbsent(Tenancy.required(), Line::new).add(mine);
    try {
      mine.written().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    Circumstances.current().ifPresent(Circumstances::committed);
  }

  @Override
  public void close() {
    writers.close();
  }

  /** Those who wait for the end of one body's chain; at most one thread writes for them. */
  private final class Line {
    private final TenantId tenant;
    private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    Line(TenantId tenant) {
      this.tenant = tenant;
    }

    /**
     * Whoever finds nobody writing writes for all who wait, itself first of all: a thread of its
     * own would have to be woken, and to wake it again. Those who come meanwhile are another's.
     */
    void add(Waiting one) {
      waiting.add(one);
      if (writing.compareAndSet(false, true)) {
        try {
          writeNext();
        } finally {
          writing.set(false);
        }
        wake();
      }
    }

    private void wake() {
      if (!waiting.isEmpty() && writing.compareAndSet(false, true)) {
        writers.execute(() -> {
          try {
            while (!waiting.isEmpty()) {
              writeNext();
            }
          } finally {
            writing.set(false);
          }
          // Whoever came after the last look and before the line above woke nobody.
          wake();
        });
      }
    }

    private void writeNext() {
      List<Waiting> group = new ArrayList<>();
      for (Waiting next; group.size() < MOST && (next = waiting.poll()) != null; ) {
        group.add(next);
      }
      try {
        Tenancy.in(
            tenant,
            () -> {
              transaction.executeWithoutResult(
                  _ -> trail.append(group.stream().map(Waiting::fact).toList()));
              return true;
            });
        group.forEach(one -> one.written().complete(true));
      } catch (RuntimeException | Error e) {
        group.forEach(one -> one.written().completeExceptionally(e));
      }
    }
  }
}

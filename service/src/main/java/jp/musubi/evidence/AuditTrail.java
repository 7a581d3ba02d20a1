package jp.musubi.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** 監査記録. The append-only, hash-chained record of the current body. */
public interface AuditTrail {

  /**
   * Appends one entry in the caller's transaction, so that a change without its record cannot
   * exist.
   *
   * @param action past tense, stable, e.g. {@code contract.agreed}
   * @param contractId what it was about, if a contract
   * @param clientIp from where, if a person acted
   * @param details further facts; never secrets, never document content
   */
  void record(
      Actor actor,
      String action,
      @Nullable UUID contractId,
      @Nullable String clientIp,
      Map<String, String> details);

  /**
   * One of many things done at once.
   *
   * @param action past tense, stable
   * @param details further facts; never secrets, never document content
   */
  record Note(String action, Map<String, String> details) {}

  /** Appends many entries of one actor, as {@link #record} does one by one, in one go. */
  void recordAll(Actor actor, java.util.List<Note> notes);

  /** The entries about one contract, oldest first. */
  java.util.List<AuditEntry> of(UUID contractId);

  /** The same without who merely looked: what a person wants to know of a contract's course. */
  java.util.List<AuditEntry> steps(UUID contractId);

  /** How many entries there are about one contract, looks and all. */
  int count(UUID contractId);

  /**
   * Walks the whole chain of the current body: the first entry that does not fit, if any.
   *
   * @param anchors where it was at earlier moments; read before the transaction that walks begins,
   *     so that none is newer than what is walked
   */
  Optional<ChainBreak> firstBreak(java.util.List<Anchor> anchors);
}

package jp.musubi.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * 監査記録の検索条件.
 *
 * @param from at this moment or later
 * @param until before this moment
 * @param person part of a name, or an id; empty for everybody
 * @param contract part of a 文書番号 or 件名; empty for everything
 * @param kind empty for all
 * @param refused only what was refused, or only what was not; empty for both
 * @param ip how the address begins; empty for all
 * @param contracts only these; empty for all
 * @param opened only what an auditor's open samples let through; empty for the whole body
 * @param keptFrom nothing about contracts that 親展 folders keep from this person; empty for all
 */
public record AuditQuery(
    Optional<Instant> from,
    Optional<Instant> until,
    String person,
    String contract,
    Optional<AuditKind> kind,
    Optional<Boolean> refused,
    String ip,
    Optional<Opened> opened,
    Optional<List<UUID>> contracts,
    Optional<UUID> keptFrom) {

  /**
   * Entries about contracts that are open to an auditor at a moment (抽出).
   *
   * @param beside also those about no contract
   */
  public record Opened(UUID auditor, Instant moment, boolean beside) {}

  /** The whole chain. */
  public static AuditQuery everything() {
    return new AuditQuery(
        Optional.empty(),
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same about these contracts only. */
  public AuditQuery about(Optional<List<UUID>> some) {
    return new AuditQuery(from, until, person, contract, kind, refused, ip, opened, some, keptFrom);
  }
}

package jp.musubi.counterparty;

import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.seal.Sha256;

/**
 * 承諾. A supplier's prior consent to electronic form for works, to a text that names the method and
 * the file format (建設業法 19 条 3 項、同法施行令 5 条の 5、施行規則 13 条の 4).
 *
 * @param contractTitle the one contract it is for; empty for all that come
 * @param text exactly what is shown
 * @param expiresAt until when it may be given, exclusively; withdrawn it may be ever after
 */
public record Consent(
    UUID id,
    UUID supplier,
    String organisation,
    String name,
    String title,
    String mail,
    String contractTitle,
    String text,
    Sha256 digest,
    Sha256 secretHash,
    Instant askedAt,
    Instant expiresAt,
    Optional<Given> given,
    Optional<Instant> withdrawnAt) {

  /** When it was given, how and from where. */
  public record Given(Instant at, String method, String clientIp) {}

  /** Where it stands. */
  public enum Life {
    /** 返事待ち. */
    ASKED,
    /** Nobody answered in time. */
    LAPSED,
    /** 承諾. */
    LIVE,
    /** 撤回. */
    WITHDRAWN
  }

  /** Where it stands now. */
  public Life life(Instant now) {
    if (withdrawnAt.isPresent()) {
      return Life.WITHDRAWN;
    }
    if (given.isPresent()) {
      return Life.LIVE;
    }
    return now.isBefore(expiresAt) ? Life.ASKED : Life.LAPSED;
  }

  /**
   * Whether it lets a contract of works go to somebody. It is the organisation's that gave it: the
   * person has to be of that name, and be the one who gave it or act for the same supplier.
   *
   * @param suppliers for whom somebody acts by that address
   */
  public boolean covers(
      String organisation, String mail, Collection<UUID> suppliers, String title, Instant now) {
    return life(now) == Life.LIVE
        && OrganisationNames.alike(organisation, this.organisation)
        && (this.mail.equalsIgnoreCase(mail) || suppliers.contains(supplier))
        && (contractTitle.isEmpty() || contractTitle.equals(title));
  }
}

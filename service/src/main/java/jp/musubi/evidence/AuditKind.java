package jp.musubi.evidence;

import java.util.List;

/** 操作の種類. What people look for in the record, and which actions it means. */
public enum AuditKind {
  /** サインイン・サインアウト. */
  SIGN_IN(
      "staff.signed-%",
      "staff.confirmed",
      "staff.refused",
      "staff.locked",
      "staff.session-%",
      "staff.other-sessions-ended"),
  /** 閲覧. */
  VIEW("%.viewed", "%.page-viewed", "document.read-to-end", "emergency.%"),
  /** ダウンロード・出力. */
  TAKEN("%.downloaded", "%.exported", "%.export-ended"),
  /** 契約の手続. */
  CONTRACT("contract.%", "approval.%", "template.%", "bulk.%", "input.%", "submission.%", "mark.%"),
  /** 相手方. */
  COUNTERPARTY(
      "link.%",
      "means.%", "shelf.%", "supplier.%", "application.%", "consent.%", "mandate.%", "question.%"),
  /** 職員・権限. */
  STAFF("staff.%", "post.%", "transfer.%", "audit.sample-%"),
  /** 所属・契約名義・団体. */
  ORGANISATION(
      "section.%",
      "folder.%",
      "office.%",
      "body.%",
      "settings.%",
      "manual.%",
      "address.%",
      "key%",
      "custody.%",
      "object.%",
      "nightly-audit.%"),
  /** 連携プログラムとAPI. */
  PROGRAM("program.%", "api.%", "webhook.%"),
  /** 断られた操作. */
  REFUSED("%refused", "%failed", "%locked");

  // List.of makes it immutable, which the checker cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> patterns;

  AuditKind(String... patterns) {
    this.patterns = List.of(patterns);
  }

  /** As SQL's {@code like} takes them. */
  String[] patterns() {
    return patterns.toArray(String[]::new);
  }

  /** Whether an action was refused or failed. */
  public static boolean isRefusal(String action) {
    return REFUSED.patterns.stream().anyMatch(end -> action.endsWith(end.substring(1)));
  }
}

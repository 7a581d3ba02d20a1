/**
 * 提出の依頼 — what a counterparty hands in before a contract leaves: its draft of the contract (C-22),
 * filled-in forms, documents that belong to it.
 */
@ApplicationModule(
    displayName = "提出の依頼",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "contract",
      "notification"
    })
@NullMarked
package jp.musubi.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

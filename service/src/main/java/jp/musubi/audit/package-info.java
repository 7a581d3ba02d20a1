/**
 * 監査 — the pages of the record: search, exports, histories of contracts; samples that auditors draw
 * and administrators open, bundles for inspections.
 */
@ApplicationModule(
    displayName = "監査",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence",
      "notification",
      "vault"
    })
@NullMarked
package jp.musubi.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

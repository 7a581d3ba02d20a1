/** 契約 — the contract and its life, from draft to conclusion. */
@ApplicationModule(
    displayName = "契約",
    allowedDependencies = {
      "platform",
      "conversion",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "malware",
      "notification"
    })
@NullMarked
package jp.musubi.contract;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

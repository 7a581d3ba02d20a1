/** 契約相手方 — suppliers and who acts for them, their applications to use, their consents. */
@ApplicationModule(
    displayName = "契約相手方",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence",
      "notification"
    })
@NullMarked
package jp.musubi.counterparty;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** 委任 — by which 委任状 somebody acts for a counterparty, for what and until when (P-14). */
@ApplicationModule(
    displayName = "委任",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "contract",
      "counterparty"
    })
@NullMarked
package jp.musubi.mandate;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

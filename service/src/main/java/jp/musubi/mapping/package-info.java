/** 対応付け — how a body's other systems write their lists, and what of ours each column is. */
@ApplicationModule(
    displayName = "対応付け",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence",
      "counterparty"
    })
@NullMarked
package jp.musubi.mapping;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

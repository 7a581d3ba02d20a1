/** 承認 — who lets a draft leave the house: routes by post, stand-ins, the document decided upon. */
@ApplicationModule(
    displayName = "承認",
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
package jp.musubi.approval;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** 職員 — who works for a body, what they may do, and how they sign in. */
@ApplicationModule(
    displayName = "職員",
    allowedDependencies = {
      "platform",
      "authority",
      "access",
      "organisation",
      "evidence",
      "notification"
    })
@NullMarked
package jp.musubi.staff;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

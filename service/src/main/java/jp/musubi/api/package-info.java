/** 連携 — other systems of a body: programs with their keys, and the API they work by. */
@ApplicationModule(
    displayName = "連携",
    allowedDependencies = {
      "platform",
      "authority",
      "access",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "notification",
      "contract"
    })
@NullMarked
package jp.musubi.api;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

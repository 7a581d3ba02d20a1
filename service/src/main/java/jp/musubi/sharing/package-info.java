/** 共有先 — sections of the body that hear how a contract ended. */
@ApplicationModule(
    displayName = "共有先",
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
package jp.musubi.sharing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

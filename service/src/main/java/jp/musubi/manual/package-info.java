/** 操作マニュアル — how the work is done, with the body's own rules beside it (D-01). */
@ApplicationModule(
    displayName = "操作マニュアル",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "access",
      "staff",
      "contract",
      "evidence"
    })
@NullMarked
package jp.musubi.manual;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

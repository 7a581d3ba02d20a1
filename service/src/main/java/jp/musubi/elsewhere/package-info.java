/**
 * 他社サービスで締結した契約 — contracts that another service concluded: received with their file, judged, and
 * registered beside the body's own.
 */
@ApplicationModule(
    displayName = "他社サービスで締結した契約",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "contract",
      "verification"
    })
@NullMarked
package jp.musubi.elsewhere;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

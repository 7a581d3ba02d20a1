/**
 * 利用終了 — a body's data handed over as a whole, and what remains of it erased: asked for by two of
 * its people, carried out by two operators, reported.
 */
@ApplicationModule(
    displayName = "利用終了",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "audit",
      "notification"
    })
@NullMarked
package jp.musubi.closure;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

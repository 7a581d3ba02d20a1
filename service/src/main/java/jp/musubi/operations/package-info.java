/**
 * 運営 — the operator's console, which opens bodies and counts; the one way, by two of them, to see a
 * contract in an emergency; and the auditor, which checks the promises of the service over
 * database, store and PDFs.
 */
@ApplicationModule(
    displayName = "運営",
    allowedDependencies = {
      "platform",
      "authority",
      "access",
      "organisation",
      "staff",
      "contract",
      "notification",
      "vault",
      "custody",
      "evidence",
      "index"
    })
@NullMarked
package jp.musubi.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * 運営 — the operator's console, which opens bodies and counts, and the auditor, which checks the
 * promises of the service over database, store and PDFs.
 */
@ApplicationModule(
    displayName = "運営",
    allowedDependencies = {
      "platform",
      "authority",
      "access",
      "organisation",
      "staff",
      "vault",
      "evidence"
    })
@NullMarked
package jp.musubi.operations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * 検証 — for anybody: whether a file in their hands is the one that was concluded, and what its
 * signatures are worth.
 */
@ApplicationModule(
    displayName = "検証",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "malware",
      "vault",
      "evidence",
      "contract"
    })
@NullMarked
package jp.musubi.verification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

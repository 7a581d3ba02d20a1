/**
 * 契約の控え — what a counterparty has concluded with all bodies, for whoever has registered to see it.
 */
@ApplicationModule(
    displayName = "契約の控え",
    allowedDependencies = {
      "platform",
      "access",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence",
      "notification",
      "vault"
    })
@NullMarked
package jp.musubi.shelf;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * 契約台帳 — what a body notes of its contracts, how it finds them again, and the list it takes away.
 */
@ApplicationModule(
    displayName = "契約台帳",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "folder",
      "index",
      "fulltext",
      "evidence"
    })
@NullMarked
package jp.musubi.register;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

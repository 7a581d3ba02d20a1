/**
 * 廃棄 — contracts whose 保存年限 has ended: proposed by one person, confirmed by another, erased, and
 * recorded; what is held stays.
 */
@ApplicationModule(
    displayName = "廃棄",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "register",
      "vault",
      "evidence"
    })
@NullMarked
package jp.musubi.disposal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

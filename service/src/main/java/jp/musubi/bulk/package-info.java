/** 一括送信 — forms with boxes to fill, lists of contracts, and the work that makes and sends them. */
@ApplicationModule(
    displayName = "一括送信",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "contract",
      "counterparty",
      "mapping",
      "register"
    })
@NullMarked
package jp.musubi.bulk;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

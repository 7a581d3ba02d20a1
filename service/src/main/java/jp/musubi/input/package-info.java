/** 入力項目 — boxes on a draft's document that its parties fill before it is sent. */
@ApplicationModule(
    displayName = "入力項目",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "contract",
      "notification"
    })
@NullMarked
package jp.musubi.input;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

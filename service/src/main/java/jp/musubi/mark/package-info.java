/** 印影・氏名の表示 — what is seen of a contract's seals, where; the pictures of the offices' seals. */
@ApplicationModule(
    displayName = "印影・氏名の表示",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "input",
      "evidence",
      "vault"
    })
@NullMarked
package jp.musubi.mark;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

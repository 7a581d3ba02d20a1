/** 受取人 — people who sign nothing, are given the concluded document, and that they took it. */
@ApplicationModule(
    displayName = "受取人",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence",
      "notification",
      "vault"
    })
@NullMarked
package jp.musubi.recipient;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

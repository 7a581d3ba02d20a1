/** 当事者の並び — how the parties of a body's contracts usually stand, to begin a draft with. */
@ApplicationModule(
    displayName = "当事者の並び",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "recipient",
      "evidence"
    })
@NullMarked
package jp.musubi.arrangement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

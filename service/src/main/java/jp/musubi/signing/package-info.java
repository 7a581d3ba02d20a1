/** 署名の場 — what a person without an account meets: link, second factor, reading, agreeing. */
@ApplicationModule(
    displayName = "署名の場",
    allowedDependencies = {
      "platform",
      "access",
      "authority",
      "organisation",
      "contract",
      "means",
      "ownsignature",
      "logo",
      "question",
      "evidence",
      "notification",
      "staff",
      "vault"
    })
@NullMarked
package jp.musubi.signing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** 登録された手段 — apps and passkeys by which counterparties without an account show who they are. */
@ApplicationModule(
    displayName = "登録された手段",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence",
      "notification"
    })
@NullMarked
package jp.musubi.means;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

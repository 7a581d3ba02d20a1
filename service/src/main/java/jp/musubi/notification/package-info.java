/** 通知 — letters out, exactly once each or visibly not. */
@ApplicationModule(
    displayName = "通知",
    allowedDependencies = {"platform", "organisation", "evidence", "vault"})
@NullMarked
package jp.musubi.notification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

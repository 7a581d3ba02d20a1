/** 鍵の管理 — which keys may be used: those that one operator proposed and another confirmed. */
@ApplicationModule(
    displayName = "鍵の管理",
    allowedDependencies = {"platform", "authority", "organisation", "staff", "evidence"})
@NullMarked
package jp.musubi.custody;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** 権限 — who may do what and where, decided in one pure function and asked by every route. */
@ApplicationModule(
    displayName = "権限",
    allowedDependencies = {"platform", "evidence"})
@NullMarked
package jp.musubi.authority;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

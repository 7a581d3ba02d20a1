/** 団体・所属・契約名義 — bodies, their sections, and the offices in whose name contracts are made. */
@ApplicationModule(
    displayName = "団体・所属・契約名義",
    allowedDependencies = {"platform", "authority", "evidence"})
@NullMarked
package jp.musubi.organisation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

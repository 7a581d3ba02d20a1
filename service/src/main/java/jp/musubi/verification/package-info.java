/** 検証 — whether a file in somebody's hands is the one that was concluded, for anybody. */
@ApplicationModule(
    displayName = "検証",
    allowedDependencies = {"platform", "authority", "organisation", "contract"})
@NullMarked
package jp.musubi.verification;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

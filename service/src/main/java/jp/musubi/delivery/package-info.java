/** メールの行方 — letters that did not arrive, and whether one that did is genuine. */
@ApplicationModule(
    displayName = "メールの行方",
    allowedDependencies = {"platform", "organisation", "contract", "notification"})
@NullMarked
package jp.musubi.delivery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * 試用 — everything embedded for trying Musubi out: PostgreSQL, mailbox, certification hierarchy, two
 * fictional bodies. Nothing here has legal effect, and production mode refuses all of it.
 */
@ApplicationModule(
    displayName = "試用",
    allowedDependencies = {"platform", "organisation", "staff", "contract", "vault"})
@NullMarked
package jp.musubi.trial;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

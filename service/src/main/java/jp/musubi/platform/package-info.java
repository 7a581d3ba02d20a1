/**
 * 土台 — words and mechanisms all features share: tenancy, idempotency, clock, problems, web shell.
 */
@ApplicationModule(
    displayName = "土台",
    type = ApplicationModule.Type.OPEN,
    allowedDependencies = {})
@NullMarked
package jp.musubi.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

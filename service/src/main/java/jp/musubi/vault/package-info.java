/** 原本保管 — the bytes: content-addressed, immutable, checked on each read. */
@ApplicationModule(displayName = "原本保管", allowedDependencies = "platform")
@NullMarked
package jp.musubi.vault;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

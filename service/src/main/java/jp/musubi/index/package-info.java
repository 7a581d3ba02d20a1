/**
 * 探索索引 — which contracts may have certain letters: kept beside them, asked before them, never
 * instead.
 */
@ApplicationModule(
    displayName = "探索索引",
    allowedDependencies = {"platform", "organisation"})
@NullMarked
package jp.musubi.index;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

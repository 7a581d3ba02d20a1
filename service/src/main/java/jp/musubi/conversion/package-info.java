/**
 * 変換 — an office's document becomes a PDF, in a process that can reach nothing and be ended at any
 * time.
 */
@ApplicationModule(
    displayName = "変換",
    allowedDependencies = {"platform"})
@NullMarked
package jp.musubi.conversion;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

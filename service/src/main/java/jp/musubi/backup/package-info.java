/**
 * バックアップ — base backups of the database with its write-ahead log, encrypted; restoring to a point
 * in time, and the drill that proves each night that it works.
 */
@ApplicationModule(
    displayName = "バックアップ",
    allowedDependencies = {"platform", "authority", "operations", "trial"})
@NullMarked
package jp.musubi.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * 締結処理 — the resumable work from an agreement to a stored, validated B-LTA file. The only package
 * that touches the sealing key, and only on a stored agreement (LAW-1).
 */
@ApplicationModule(
    displayName = "締結処理",
    allowedDependencies = {"platform", "organisation", "contract", "vault", "evidence", "custody"})
@NullMarked
package jp.musubi.sealing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

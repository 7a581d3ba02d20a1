/**
 * 当事者型の併用 — signatures that counterparties make with certificates of their own: handed in, checked,
 * kept with their proofs below the service's seal.
 */
@ApplicationModule(
    displayName = "当事者型の併用",
    allowedDependencies = {"platform", "contract", "sealing", "vault", "evidence", "verification"})
@NullMarked
package jp.musubi.ownsignature;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

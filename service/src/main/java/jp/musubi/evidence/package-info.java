/** 証拠 — the audit chain and the 締結証明書. */
@ApplicationModule(displayName = "証拠", allowedDependencies = "platform")
@NullMarked
package jp.musubi.evidence;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

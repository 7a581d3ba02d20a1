/** 質問 — what a counterparty asks before it agrees, and what the clerk answers. */
@ApplicationModule(
    displayName = "質問",
    allowedDependencies = {"platform", "authority", "staff", "contract", "evidence"})
@NullMarked
package jp.musubi.question;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** 接続元 — from which addresses a body's staff, programs and counterparties may come. */
@ApplicationModule(
    displayName = "接続元",
    allowedDependencies = {"platform", "evidence"})
@NullMarked
package jp.musubi.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

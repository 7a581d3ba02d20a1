/** 団体のロゴ — a body's picture at the top of the pages that its counterparties see. */
@ApplicationModule(
    displayName = "団体のロゴ",
    allowedDependencies = {"platform", "authority", "organisation", "staff", "evidence"})
@NullMarked
package jp.musubi.logo;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

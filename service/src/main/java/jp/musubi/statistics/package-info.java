/**
 * 利用統計 — how many contracts a body made, sent and concluded, how much of it electronically, how
 * long it took and where it waits; the same as a monthly report, and body by body for whoever runs
 * the service.
 */
@ApplicationModule(
    displayName = "利用統計",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "register",
      "evidence"
    })
@NullMarked
package jp.musubi.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

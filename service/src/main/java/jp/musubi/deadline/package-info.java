/**
 * 期限と督促 — reminders to counterparties, notices that a deadline is near, days to be careful with.
 */
@ApplicationModule(
    displayName = "期限と督促",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence",
      "notification"
    })
@NullMarked
package jp.musubi.deadline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

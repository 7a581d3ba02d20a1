/** 期限の予定表 — days that a contract brings with it, as a file for people's own calendars. */
@ApplicationModule(
    displayName = "期限の予定表",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "mandate",
      "evidence"
    })
@NullMarked
package jp.musubi.agenda;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/** フォルダ — the cabinets of sections: what lies where, to whom it is opened, from whom it is kept. */
@ApplicationModule(
    displayName = "フォルダ",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "evidence"
    })
@NullMarked
package jp.musubi.folder;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

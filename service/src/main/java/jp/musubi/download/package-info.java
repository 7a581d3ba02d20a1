/** 一括ダウンロード — concluded contracts taken away together, and how their files are named. */
@ApplicationModule(
    displayName = "一括ダウンロード",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "vault",
      "evidence",
      "contract",
      "audit",
      "verification"
    })
@NullMarked
package jp.musubi.download;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

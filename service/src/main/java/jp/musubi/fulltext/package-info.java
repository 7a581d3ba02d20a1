/** 本文の検索 — the text of concluded files, for bodies that want to find contracts by what they say. */
@ApplicationModule(
    displayName = "本文の検索",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "evidence",
      "contract"
    })
@NullMarked
package jp.musubi.fulltext;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * 有効期間の延長 — until when concluded files can be verified, further timestamps before that ends, the
 * calendar of it, and 一括検証 over a span of days.
 */
@ApplicationModule(
    displayName = "有効期間の延長",
    allowedDependencies = {
      "platform",
      "authority",
      "organisation",
      "staff",
      "contract",
      "register",
      "vault",
      "evidence",
      "sealing"
    })
@NullMarked
package jp.musubi.renewal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

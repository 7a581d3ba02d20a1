/** 秘密 — the keys that protect what a body entrusts, and the files they lie in. */
@NullMarked
package jp.musubi.platform.secrets;

import org.jspecify.annotations.NullMarked;

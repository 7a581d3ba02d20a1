/** 計測 — measures the engine beside the limit, EU DSS and other engines, in one run. */
@NullMarked
package jp.musubi.bench;

import org.jspecify.annotations.NullMarked;

/** 計測の部品 — the keys, timestamps and revocation data that every engine in a run is given alike. */
@NullMarked
package jp.musubi.bench.parts;

import org.jspecify.annotations.NullMarked;

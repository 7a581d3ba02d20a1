/** 異常入力試験 — damaged and invented PDFs, for what must be true of any bytes at all. */
@NullMarked
package jp.musubi.seal.fuzz;

import org.jspecify.annotations.NullMarked;

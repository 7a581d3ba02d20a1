/**
 * 署名検証 — a verdict on a sealed PDF from nothing but its bytes, trust anchors and a time (PDF-V1).
 */
@NullMarked
package jp.musubi.seal.validation;

import org.jspecify.annotations.NullMarked;

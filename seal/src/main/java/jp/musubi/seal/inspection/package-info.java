/**
 * 署名前検査 — what a PDF hides, before anyone signs it, and the same PDF written anew (PDF-P01 to P16).
 */
@NullMarked
package jp.musubi.seal.inspection;

import org.jspecify.annotations.NullMarked;

/** PDFの部品 — the few words about PDF objects that inspection, sealing and validation share. */
@NullMarked
package jp.musubi.seal.pdf;

import org.jspecify.annotations.NullMarked;

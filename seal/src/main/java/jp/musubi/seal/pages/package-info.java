/** ページ — a document as a person reads it: page images and text. */
@NullMarked
package jp.musubi.seal.pages;

import org.jspecify.annotations.NullMarked;

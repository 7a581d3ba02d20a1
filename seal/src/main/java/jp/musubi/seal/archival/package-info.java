/** 長期保存の形式 — whether a file that claims to be PDF/A (ISO 19005) is what it claims. */
@NullMarked
package jp.musubi.seal.archival;

import org.jspecify.annotations.NullMarked;

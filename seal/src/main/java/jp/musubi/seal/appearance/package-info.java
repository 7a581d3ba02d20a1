/**
 * 署名の見た目 — what a seal looks like on the page, drawn before the first seal; and the lettering for
 * it, which knows the variants of 人名 characters.
 */
@NullMarked
package jp.musubi.seal.appearance;

import org.jspecify.annotations.NullMarked;

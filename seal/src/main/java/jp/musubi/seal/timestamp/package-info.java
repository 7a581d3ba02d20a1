/**
 * タイムスタンプの検査 — is this answer of a timestamp authority what was asked for, and may it be relied on?
 * Pure: bytes, a request, anchors and a time go in, a verdict comes out.
 */
@NullMarked
package jp.musubi.seal.timestamp;

import org.jspecify.annotations.NullMarked;

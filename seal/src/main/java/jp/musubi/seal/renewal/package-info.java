/**
 * 証拠の更新 — evidence records (RFC 4998) that keep any number of files provable by one timestamp,
 * their renewal, and when it is due.
 */
@NullMarked
package jp.musubi.seal.renewal;

import org.jspecify.annotations.NullMarked;

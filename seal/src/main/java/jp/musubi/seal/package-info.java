/**
 * 封緘 — the sealing engine: seals, timestamps and preserves prepared PDFs; knows PDF, CMS and
 * timestamps, and nothing of contracts.
 */
@NullMarked
package jp.musubi.seal;

import org.jspecify.annotations.NullMarked;

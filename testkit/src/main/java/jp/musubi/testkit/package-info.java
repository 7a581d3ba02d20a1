/**
 * 試用認証局 — A certification hierarchy and its servers in one JVM, for tests and for trial use.
 *
 * <p>Everything here is real: keys, certificates, RFC 3161 tokens, RFC 6960 answers and RFC 5280
 * lists. Only the trust is not: every name says 「試用」, and no production trust list contains these
 * roots.
 */
@NullMarked
package jp.musubi.testkit;

import org.jspecify.annotations.NullMarked;

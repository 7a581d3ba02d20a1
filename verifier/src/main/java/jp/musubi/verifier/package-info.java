/** 検証ツール — The offline verifier's command line: verify and inspect, one jar, no network. */
@NullMarked
package jp.musubi.verifier;

import org.jspecify.annotations.NullMarked;

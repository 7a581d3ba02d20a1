/** 外部との通信 — timestamps (RFC 3161) and revocation data over HTTP, by one way out. */
@NullMarked
package jp.musubi.seal.remote;

import org.jspecify.annotations.NullMarked;

/** 計測の相手 — one engine in a process of its own, and the line of JSON by which it is asked. */
@NullMarked
package jp.musubi.bench.engine;

import org.jspecify.annotations.NullMarked;

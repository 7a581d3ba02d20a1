/** 計測の図 — pictures of results, written as SVG. */
@NullMarked
package jp.musubi.bench.report;

import org.jspecify.annotations.NullMarked;

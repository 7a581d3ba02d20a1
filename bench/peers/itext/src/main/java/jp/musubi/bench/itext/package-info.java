/** 計測の相手 iText — compared with, never shipped: iText is under the AGPL. */
@NullMarked
package jp.musubi.bench.itext;

import org.jspecify.annotations.NullMarked;

/** 計測の相手 OpenPDF — compared with, never shipped. */
@NullMarked
package jp.musubi.bench.openpdf;

import org.jspecify.annotations.NullMarked;

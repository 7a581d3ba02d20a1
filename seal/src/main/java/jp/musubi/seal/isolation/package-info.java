/** 隔離 — a file that nobody has looked at yet is opened in a process that may be killed. */
@NullMarked
package jp.musubi.seal.isolation;

import org.jspecify.annotations.NullMarked;

/** 部分の計測 — parts of the engine by themselves (JMH). */
@NullMarked
package jp.musubi.bench.micro;

import org.jspecify.annotations.NullMarked;

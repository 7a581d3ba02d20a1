/** 基盤の訓練 — two nodes behind a load balancer, and what happens to them. */
@NullMarked
package jp.musubi.journeys.drill;

import org.jspecify.annotations.NullMarked;

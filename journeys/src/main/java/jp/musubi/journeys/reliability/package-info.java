/** 信頼性の測定 — what the drills measured, as one paper. */
@NullMarked
package jp.musubi.journeys.reliability;

import org.jspecify.annotations.NullMarked;

package jp.musubi.platform.web;

import java.io.Serializable;
import java.time.Instant;

/**
 * サインインの終わり. When a session ends unless something is done.
 *
 * @param canBeExtended whether doing something moves it; false when the longest time is near
 */
public record SessionEnd(Instant at, boolean canBeExtended) implements Serializable {}

package jp.musubi.signing;

import org.jspecify.annotations.Nullable;

/**
 * A page that only explains.
 *
 * @param body name of the 団体
 * @param tone info, success, warning or error
 * @param heading what happened
 * @param text what was kept and what to do now
 * @param contact whom to telephone
 * @param freshLink where a fresh link may be asked for, if that helps
 */
record Notice(
    String body,
    String tone,
    String heading,
    String text,
    String contact,
    @Nullable String freshLink) {}

package jp.musubi.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 画面の枠の中身 — what header and navigation show.
 *
 * @param trial whether this service is only for trying
 * @param body name of the 団体; empty when nobody is signed in
 * @param section name of the 所属
 * @param name of the person
 * @param roles in words
 * @param navigation the side navigation
 * @param session when the session ends; null when nobody is signed in
 */
public record Shell(
    boolean trial,
    String body,
    String section,
    String name,
    String roles,
    List<Entry> navigation,
    @Nullable Session session) {

  /**
   * The end of the session, to be warned of.
   *
   * @param seconds until then
   * @param warning seconds before it that the warning comes: time enough to press a button, and
   *     more (WCAG 2.2.1)
   * @param at the time of day
   * @param canBeExtended whether pressing the button moves it
   */
  public record Session(long seconds, long warning, String at, boolean canBeExtended) {}

  /**
   * One entry of the navigation on this page.
   *
   * @param icon a name of fragments/icons.html
   * @param label message key
   * @param path where it leads
   * @param current whether this page belongs to it
   */
  public record Entry(String icon, String label, String path, boolean current) {}
}

package jp.musubi.platform.web;

import java.util.List;

/**
 * 画面の枠の中身 — what header and navigation show.
 *
 * @param trial whether this service is only for trying
 * @param body name of the 団体; empty when nobody is signed in
 * @param section name of the 所属
 * @param name of the person
 * @param roles in words
 * @param navigation the side navigation
 */
public record Shell(
    boolean trial, String body, String section, String name, String roles, List<Entry> navigation) {

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

package jp.musubi.platform.web;

import java.util.Set;

/**
 * メニューの項目 — an entry of the staff's side navigation. A feature offers its own as a bean.
 *
 * @param order where it stands; home is 0, help is 900
 * @param icon a name of fragments/icons.html
 * @param label message key
 * @param path where it leads, from the service's root
 * @param roles who sees it: holders of one of these; everybody when empty
 */
public record NavigationItem(int order, String icon, String label, String path, Set<String> roles) {

  /** Keeps its own copy of the roles. */
  public NavigationItem {
    roles = Set.copyOf(roles);
  }
}

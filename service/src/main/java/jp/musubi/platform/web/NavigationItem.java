package jp.musubi.platform.web;

import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * メニューの項目 — an entry of the staff's side navigation. A feature offers its own as a bean.
 *
 * @param order where it stands; home is 0, help is 900
 * @param icon a name of fragments/icons.html
 * @param label message key
 * @param path where it leads, from the service's root
 * @param roles who sees it: holders of one of these; everybody when empty
 * @param within further places one is in by this entry, as path patterns
 */
public record NavigationItem(
    int order, String icon, String label, String path, Set<String> roles, Set<String> within) {

  /** Keeps its own copy of the sets. */
  public NavigationItem {
    roles = Set.copyOf(roles);
    within = Set.copyOf(within);
  }

  /** An entry that one is in by its own path and what lies below it. */
  public NavigationItem(int order, String icon, String label, String path, Set<String> roles) {
    this(order, icon, label, path, roles, Set.of());
  }

  /** How well the entry says where one is: 0 for not at all, more for a better fit. */
  int fits(String place) {
    if (within.stream()
        .anyMatch(pattern -> pattern(pattern).matches(PathContainer.parsePath(place)))) {
      return Integer.MAX_VALUE;
    }
    return place.equals(path) || (path.length() > 1 && place.startsWith(path + "/"))
        ? path.length()
        : 0;
  }

  private static PathPattern pattern(String pattern) {
    return PathPatternParser.defaultInstance.parse(pattern);
  }
}

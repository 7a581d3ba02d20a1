package jp.musubi.staff.web;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of people; whoever may do it sees it. */
@Configuration(proxyBeanMethods = false, value = "peopleNavigation")
class Navigation {

  @Bean
  NavigationItem toOffices() {
    return item(400, "seal", "people.nav.offices", "/offices", Act.SEE_OFFICES);
  }

  @Bean
  NavigationItem toSections() {
    return item(410, "list", "people.nav.sections", "/sections", Act.SEE_SECTIONS);
  }

  @Bean
  NavigationItem toStaff() {
    return item(420, "person", "people.nav.staff", "/staff", Act.LIST_STAFF);
  }

  @Bean
  NavigationItem toSettings() {
    // 利用終了 is asked for once in years: it stands among the settings, and nowhere else.
    return new NavigationItem(
        440,
        "lock",
        "settings.nav",
        "/settings",
        roles(Act.CHANGE_SETTINGS),
        Set.of("/closure/**"));
  }

  private static NavigationItem item(int order, String icon, String label, String path, Act act) {
    return new NavigationItem(order, icon, label, path, roles(act));
  }

  private static Set<String> roles(Act act) {
    return act.roles().stream().map(Role::name).collect(Collectors.toSet());
  }
}

package jp.musubi.bulk;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of forms and lists. */
@Configuration(proxyBeanMethods = false, value = "bulkNavigation")
class Navigation {

  @Bean
  NavigationItem toBulk() {
    return new NavigationItem(210, "upload", "bulk.list", "/bulk", roles(Act.SEND_IN_BULK));
  }

  @Bean
  NavigationItem toTemplates() {
    return new NavigationItem(
        220, "file", "bulk.templates", "/templates", roles(Act.KEEP_TEMPLATES));
  }

  private static Set<String> roles(Act act) {
    return act.roles().stream().map(Role::name).collect(Collectors.toSet());
  }
}

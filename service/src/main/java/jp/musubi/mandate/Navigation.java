package jp.musubi.mandate;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of 委任. */
@Configuration(proxyBeanMethods = false, value = "mandateNavigation")
class Navigation {

  @Bean
  NavigationItem toMandates() {
    Set<String> roles =
        Act.SEE_SUPPLIERS.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(
        353, "file", "mandate.nav", "/mandates", roles, Set.of("/settings/mandates"));
  }
}

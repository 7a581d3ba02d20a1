package jp.musubi.register;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of the register. */
@Configuration(proxyBeanMethods = false, value = "registerNavigation")
class Navigation {

  @Bean
  NavigationItem toRegister() {
    var roles = Act.LIST_CONTRACTS.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(
        310, "search", "register.nav", "/register", roles, Set.of("/register/searches"));
  }
}

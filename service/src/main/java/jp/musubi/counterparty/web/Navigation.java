package jp.musubi.counterparty.web;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of counterparties. */
@Configuration(proxyBeanMethods = false, value = "counterpartyNavigation")
class Navigation {

  @Bean
  NavigationItem toSuppliers() {
    Set<String> roles =
        Act.SEE_SUPPLIERS.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(
        350,
        "person",
        "supplier.nav",
        "/suppliers",
        roles,
        Set.of("/applications", "/applications/**", "/settings/counterparties"));
  }
}

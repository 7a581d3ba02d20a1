package jp.musubi.contract.web;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of contracts. */
@Configuration(proxyBeanMethods = false)
class Navigation {

  @Bean
  NavigationItem toSignatures() {
    return new NavigationItem(
        100,
        "pen",
        "contract.nav.signatures",
        "/signatures",
        Set.of("SIGNER"),
        Set.of("/contracts/{id}/signature"));
  }

  @Bean
  NavigationItem toNewContract() {
    return new NavigationItem(
        200,
        "plus",
        "contract.nav.make",
        "/contracts/new",
        Set.of("CLERK"),
        Set.of(
            "/contracts/{id}/document",
            "/contracts/{id}/parties",
            "/contracts/{id}/fields",
            "/contracts/{id}/submissions",
            "/contracts/{id}/terms",
            "/contracts/{id}/review"));
  }

  @Bean
  NavigationItem toContracts() {
    var roles = Act.LIST_CONTRACTS.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(300, "list", "contract.nav.list", "/contracts", roles);
  }
}

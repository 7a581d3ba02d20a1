package jp.musubi.approval;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of approvals. */
@Configuration(proxyBeanMethods = false, value = "approvalNavigation")
class Navigation {

  @Bean
  NavigationItem toApprovals() {
    return new NavigationItem(
        90, "check", "approval.list", "/approvals", roles(Act.LIST_APPROVALS), Set.of());
  }

  private static Set<String> roles(Act act) {
    return act.roles().stream().map(Role::name).collect(Collectors.toSet());
  }
}

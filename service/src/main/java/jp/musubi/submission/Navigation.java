package jp.musubi.submission;

import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of drafts that counterparties are asked for. */
@Configuration(proxyBeanMethods = false, value = "submissionNavigation")
class Navigation {

  @Bean
  NavigationItem toDraftCalls() {
    return new NavigationItem(
        205,
        "mail",
        "submission.drafts",
        "/drafts-asked",
        Act.MAKE_CONTRACT.roles().stream().map(Role::name).collect(Collectors.toSet()));
  }
}

package jp.musubi.folder;

import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.authority.Act;
import jp.musubi.authority.Role;
import jp.musubi.platform.web.NavigationItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the side navigation says of folders. */
@Configuration(proxyBeanMethods = false, value = "folderNavigation")
class Navigation {

  @Bean
  NavigationItem toFolders() {
    var roles = Act.LIST_CONTRACTS.roles().stream().map(Role::name).collect(Collectors.toSet());
    return new NavigationItem(
        305, "file", "folder.nav", "/folders", roles, Set.of("/contracts/{id}/folder"));
  }
}

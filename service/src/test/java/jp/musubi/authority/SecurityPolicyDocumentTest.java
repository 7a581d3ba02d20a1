package jp.musubi.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.musubi.ServiceTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ServiceTest
@DisplayName("情報セキュリティポリシーとの対応表")
class SecurityPolicyDocumentTest {
  private static final Path TABLE = Path.of("../docs/operations/security-policy.md");
  private static final Pattern PAGE = Pattern.compile("`(/[a-z/-]+)`");

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mappings;

  @Test
  @DisplayName("示す画面はどれもあり、守りにかかわる設定はどれも表にある")
  void namesThePagesThereAre() throws IOException {
    var named =
        PAGE.matcher(Files.readString(TABLE))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    var pages =
        mappings.getHandlerMethods().keySet().stream()
            .flatMap(mapping -> mapping.getPatternValues().stream())
            .collect(Collectors.toSet());
    assertThat(named).hasSizeGreaterThan(10).isSubsetOf(pages);
    assertThat(named)
        .contains(
            "/settings/sign-in",
            "/settings/sso",
            "/settings/addresses",
            "/settings/approval",
            "/settings/counterparties",
            "/settings/letters");
  }
}

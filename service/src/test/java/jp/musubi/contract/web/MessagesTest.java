package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.ContractFilter;
import jp.musubi.contract.DocumentSet;
import jp.musubi.contract.Party;
import jp.musubi.contract.Phase;
import jp.musubi.contract.Refusal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("契約の画面の文言")
class MessagesTest {
  private static final Pattern NAMED = Pattern.compile("\"(contract\\.[a-zA-Z.]+[a-zA-Z])\"");
  private static final Pattern USED = Pattern.compile("#\\{((?:contract|refusal)\\.[a-zA-Z0-9.]+)");

  private static Properties messages() throws IOException {
    var messages = new Properties();
    try (var in = MessagesTest.class.getResourceAsStream("/messages/contract.properties");
        var reader = new java.io.InputStreamReader(in, StandardCharsets.UTF_8)) {
      messages.load(reader);
    }
    return messages;
  }

  @Test
  @DisplayName("画面とプログラムが使う文言はすべてある")
  void areThereForEverythingThatIsShown() throws IOException {
    var wanted = new TreeSet<String>();
    collect(Path.of("src/main/resources/templates/contract"), USED, wanted);
    collect(Path.of("src/main/java/jp/musubi/contract/web"), NAMED, wanted);
    for (var phase : Phase.values()) {
      wanted.add("contract.phase." + phase);
      wanted.add("contract.now." + phase);
      wanted.add("contract.then." + phase);
    }
    for (var filter : ContractFilter.values()) {
      wanted.add("contract.filter." + filter);
    }
    for (var kind : Party.Kind.values()) {
      wanted.add("contract.role." + kind);
    }
    for (var unfit : DocumentSet.Unfit.values()) {
      wanted.add("contract.files.wrong." + unfit);
    }
    for (var kind : Attachment.Kind.values()) {
      wanted.add("contract.files.kind." + kind);
    }
    for (var role : Attachment.Role.values()) {
      wanted.add("contract.files.role." + role);
      wanted.add("contract.files.role.long." + role);
      wanted.add("contract.files.group." + role + ".text");
    }
    for (var cause : new String[] {"KEY", "TSA", "REVOCATION", "STORE", "VALIDATION", "PDF"}) {
      wanted.add("contract.cause." + cause);
    }
    for (var warning :
        new String[] {"mailOnly", "privateUse", "formerHolder", "bothSides", "firstTime"}) {
      wanted.remove("contract.warning." + warning);
      wanted.add("contract.warning." + warning + ".heading");
      wanted.add("contract.warning." + warning + ".text");
    }
    assertThat(wanted).hasSizeGreaterThan(100);
    assertThat(messages().stringPropertyNames()).containsAll(wanted);
  }

  @Test
  @DisplayName("どの断りにも、何が起きたか・何が残ったか・どうすればよいかがある")
  void tellEveryRefusalInThreeParts() throws IOException {
    var messages = messages().stringPropertyNames();
    for (var refusal : Refusal.class.getPermittedSubclasses()) {
      var name = refusal.getSimpleName();
      var key =
          "refusal." + name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
      assertThat(messages).contains(key + ".what", key + ".kept", key + ".next");
    }
  }

  private static void collect(Path folder, Pattern pattern, Set<String> into) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        pattern
            .matcher(Files.readString(file))
            .results()
            .map(match -> match.group(1))
            // A prefix that code completes, such as contract.phase. + phase, is checked above.
            .filter(key -> !key.endsWith("."))
            .forEach(into::add);
      }
    }
  }
}

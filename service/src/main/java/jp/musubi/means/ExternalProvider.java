package jp.musubi.means;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.musubi.contract.Identification.Level;
import jp.musubi.platform.openid.OpenIdClient;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * 外部のIDの提供者. Where counterparties may sign in, as the operator has set it up.
 *
 * @param key names it in addresses and rows
 * @param level for which its word counts
 * @param asked further parameters of the request
 * @param required claims without one of whose values its word does not count
 */
public record ExternalProvider(
    String key,
    String name,
    String nameEn,
    Level level,
    String issuer,
    String clientId,
    OpenIdClient.Proof proof,
    Set<String> scopes,
    Map<String, String> asked,
    Claims claims,
    Map<String, List<String>> required) {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_NUMBER = 50;

  /**
   * Under which names the provider tells who somebody is; empty where it does not.
   *
   * @param number 法人番号
   */
  public record Claims(String subject, String name, String number) {}

  /**
   * Who signed in.
   *
   * @param subject digest of issuer and subject: only ever compared
   * @param name as the provider says it, or empty
   * @param number 法人番号 as the provider says it, or empty
   * @param acr how, as the provider says it, or empty
   * @param authenticated when, if the provider says it
   */
  public record Person(
      ExternalProvider provider,
      Sha256 subject,
      String name,
      String number,
      String acr,
      Optional<Instant> authenticated) {

    /** As the record keeps it: never the subject itself. */
    public Map<String, String> facts() {
      var facts = new TreeMap<String, String>();
      facts.put("provider", provider.name());
      facts.put("issuer", provider.issuer());
      facts.put("level", provider.level().name());
      facts.put("subject", subject.hex());
      facts.put("saidName", name);
      facts.put("saidNumber", number);
      facts.put("acr", acr);
      facts.put("authenticatedAt", authenticated.map(Instant::toString).orElse(""));
      facts.values().removeIf(String::isEmpty);
      return facts;
    }
  }

  /** What a provider's word comes to. */
  sealed interface Reading {
    /** It says who came. */
    record Came(Person person) implements Reading {}

    /** It names nobody. */
    record Nobody() implements Reading {}

    /** It is not of the kind that counts here, such as an ID that nobody has checked. */
    record NotEnough(String claim) implements Reading {}
  }

  /** Its name, in the language of the reader. */
  public String name(Locale locale) {
    return locale.getLanguage().equals("ja") ? name : nameEn;
  }

  /**
   * Reads what the provider says, after all about it was checked.
   *
   * @param authenticated when, if the provider says it
   */
  Reading read(Map<String, Object> said, Optional<Instant> authenticated) {
    var missing =
        required.entrySet().stream()
            .filter(each -> texts(said.get(each.getKey())).noneMatch(each.getValue()::contains))
            .map(Map.Entry::getKey)
            .sorted()
            .findFirst();
    if (missing.isPresent()) {
      return new Reading.NotEnough(missing.get());
    }
    return text(said, claims.subject())
        .<Reading>map(subject ->
            new Reading.Came(
                new Person(
                    this,
                    digest(subject),
                    shown(said, claims.name(), LONGEST_NAME),
                    shown(said, claims.number(), LONGEST_NUMBER),
                    shown(said, "acr", LONGEST_NAME),
                    authenticated)))
        .orElseGet(Reading.Nobody::new);
  }

  private Sha256 digest(String subject) {
    return Sha256.of((issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> text(Map<String, Object> said, String claim) {
    return texts(said.get(claim)).filter(text -> !text.isBlank()).findFirst();
  }

  /** One line of it: it comes from outside and is shown to people. */
  private static String shown(Map<String, Object> said, String claim, int longest) {
    var line =
        claim.isEmpty()
            ? ""
            : text(said, claim).orElse("").replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return line.length() <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, longest - 1)));
  }

  /** One text, number or truth, or a list of them. */
  private static Stream<String> texts(@Nullable Object value) {
    return switch (value) {
      case null -> Stream.empty();
      case Collection<?> several -> several.stream().flatMap(ExternalProvider::texts);
      case String text -> Stream.of(text.strip());
      case Number number -> Stream.of(number.toString());
      case Boolean truth -> Stream.of(truth.toString());
      default -> Stream.empty();
    };
  }
}

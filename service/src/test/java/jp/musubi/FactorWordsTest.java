package jp.musubi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import jp.musubi.contract.Identification;
import jp.musubi.staff.Factor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A factor without its word would stand in a seal as it is called in the code, for ever. */
@DisplayName("認証の要素の言葉")
class FactorWordsTest {

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"contract", "evidence", "sealing"})
  @DisplayName("画面、締結証明書、署名のどこでも、どの要素にも言葉がある")
  void areThereForEveryFactor(String bundle) {
    var words = ResourceBundle.getBundle("messages." + bundle, Locale.ROOT);
    var factors =
        Stream.of(
                Arrays.stream(Factor.values()).map(Factor::name),
                Arrays.stream(Identification.Way.values())
                    .flatMap(way -> Arrays.stream(way.factors().split("\\+"))),
                Stream.of("REAUTHENTICATION", "SSO_REAUTHENTICATION", "API_KEY"))
            .flatMap(each -> each)
            .distinct();

    assertThat(factors)
        .allSatisfy(factor ->
            assertThat(words.containsKey(bundle + ".factor." + factor)).as(factor).isTrue());
  }
}

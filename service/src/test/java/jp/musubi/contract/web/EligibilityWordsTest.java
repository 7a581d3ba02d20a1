package jp.musubi.contract.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Eligibility.Reason;
import jp.musubi.contract.PaperByLaw;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.ResourceBundleMessageSource;

@DisplayName("電子契約の対象の文言")
class EligibilityWordsTest {
  private static final List<Reason> AGAINST =
      Stream.concat(
              Arrays.stream(PaperByLaw.values()).map(Reason.ByLaw::new),
              Stream.of(
                  new Reason.TooLong(10),
                  new Reason.TooLongWithKeeping(10, 5),
                  new Reason.Renews(),
                  new Reason.CouncilVote(),
                  new Reason.OfKind(ContractKind.LEASE),
                  new Reason.TooDear(150_000_000)))
          .map(Reason.class::cast)
          .toList();

  private static final List<Reason> OPEN =
      List.of(new Reason.PeriodOpen(10), new Reason.MayOutlast(10), new Reason.SumOpen(9));

  @Test
  @DisplayName("どの理由も文になり、空いたままの所がない")
  void sayEveryReason() {
    assertThat(Stream.of(AGAINST, OPEN).flatMap(List::stream).map(Object::getClass))
        .containsAll(Arrays.asList(Reason.class.getPermittedSubclasses()));
    var messages = new ResourceBundleMessageSource();
    messages.setBasename("messages/contract");
    messages.setDefaultEncoding("UTF-8");
    var words = new Words(messages);
    var sayings = new EligibilityWords(words);
    for (var reason : AGAINST) {
      assertThat(words.of(sayings.of(reason))).endsWith("。").doesNotContain("{");
    }
    for (var reason : OPEN) {
      var text = sayings.of(reason);
      for (var part : List.of(".heading", ".text")) {
        assertThat(messages.getMessage(text.key() + part, text.arguments(), Locale.JAPAN))
            .isNotBlank()
            .doesNotContain("{");
      }
    }
    assertThat(words.of(sayings.of(new Reason.TooLongWithKeeping(10, 5))))
        .isEqualTo("契約期間に保存期間5年を加えると、団体の決まりの10年を超えます。");
    assertThat(words.of(sayings.of(new Reason.TooDear(150_000_000)))).contains("150,000,000円を");
  }

  @Test
  @DisplayName("種別と法律のどれにも、選ぶときの言葉がある")
  void nameEveryChoice() {
    var messages = new ResourceBundleMessageSource();
    messages.setBasename("messages/contract");
    messages.setDefaultEncoding("UTF-8");
    var words = new Words(messages);
    for (var kind : ContractKind.values()) {
      assertThat(words.of("eligibility.onPaper." + kind))
          .contains("「" + words.of("contract.kind." + kind) + "」");
    }
    for (var law : PaperByLaw.values()) {
      assertThat(words.of("eligibility.law." + law)).isNotBlank();
    }
  }
}

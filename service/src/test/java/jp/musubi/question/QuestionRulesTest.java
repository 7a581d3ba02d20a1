package jp.musubi.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("質問の数")
class QuestionRulesTest {
  @Test
  @DisplayName("回答を待つ質問は20件まで、1時間に5件まで")
  void isLimited() {
    assertThat(new QuestionRules(19, 4).refusal()).isEmpty();
    assertThat(new QuestionRules(20, 0).refusal()).contains(Questions.Refused.MANY_OPEN);
    assertThat(new QuestionRules(0, 5).refusal()).contains(Questions.Refused.MANY_LATELY);
    assertThat(new QuestionRules(20, 5).refusal()).contains(Questions.Refused.MANY_OPEN);
  }
}

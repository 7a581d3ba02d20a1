package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;

import jp.musubi.ServiceTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.ControllerAdviceBean;

@ServiceTest
@DisplayName("お知らせの差し込み")
class AnnouncementAdviceTest {
  @Autowired ApplicationContext context;

  @Test
  @DisplayName("画面には差し込み、負荷分散装置が見る準備の状態の答えには差し込まない（データベースを待たせない）")
  void waitsForTheDatabaseInPagesOnly() {
    var advice =
        ControllerAdviceBean.findAnnotatedBeans(context).stream()
            .filter(each -> each.getBeanType() == AnnouncementAdvice.class)
            .findFirst()
            .orElseThrow();
    assertThat(advice.isApplicableToBeanType(AnnouncementController.class)).isTrue();
    // The answers of the actuator come from controllers of Spring's own packages.
    assertThat(advice.isApplicableToBeanType(Endpoint.class)).isFalse();
  }
}

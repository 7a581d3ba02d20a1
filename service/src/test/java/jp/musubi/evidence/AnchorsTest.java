package jp.musubi.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.operations.Auditor;
import jp.musubi.operations.Violation;
import jp.musubi.platform.Tenancy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ServiceTest
@DisplayName("監査記録の錨は")
class AnchorsTest {
  @Autowired AccessRecord record;
  @Autowired Anchors anchors;
  @Autowired Auditor auditor;

  private TestBody body;

  @BeforeEach
  void aBody() {
    body = TestBody.create("-");
  }

  @Test
  @DisplayName("一日に一度と締結のたびに時刻証明を得て、その間は時刻証明なしで下ろす")
  void isTimestampedOnceADayAndAfterEachConclusion() {
    assertThat(drop()).isFalse();
    look("contract.viewed");
    assertThat(drop()).isTrue();
    assertThat(drop()).as("nothing new").isFalse();
    look("contract.viewed");
    drop();
    look("contract.concluded");
    drop();

    var kept = Tenancy.in(body.id(), anchors::all);
    assertThat(kept).extracting(each -> each.anchor().seq()).containsExactly(1L, 2L, 3L);
    assertThat(kept)
        .extracting(each -> each.evidence().isPresent())
        .containsExactly(true, false, true);
    assertThat(codes()).isEmpty();
  }

  @Test
  @DisplayName("時刻証明の下にあるので、書き換えると分かる")
  void cannotBeRewritten() throws Exception {
    look("contract.viewed");
    drop();
    var kept = Tenancy.in(body.id(), anchors::all).getFirst();
    var text = Files.readString(kept.file());
    Files.writeString(kept.file(), text.replace("\"at\":\"2", "\"at\":\"1"));

    assertThat(codes()).containsExactly("anchor-not-proven");
    Files.writeString(kept.file(), text);
    assertThat(codes()).isEmpty();
  }

  private boolean drop() {
    return Tenancy.in(body.id(), anchors::drop).isPresent();
  }

  private void look(String action) {
    Tenancy.in(
        body.id(),
        () -> {
          record.note(
              new Actor(Actor.Kind.STAFF, "1", "見本 花子"), action, null, "192.0.2.1", Map.of());
          return true;
        });
  }

  private List<String> codes() {
    return auditor.audit(body.id(), body.code()).stream().map(Violation::code).toList();
  }
}

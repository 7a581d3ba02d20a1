package jp.musubi.agenda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@ServiceTest
@DisplayName("期限の予定表は")
class AgendaTest {
  private static final Instant NOW = Instant.parse("2026-11-29T03:04:05Z");

  @Autowired MockMvc mvc;

  @Test
  @DisplayName("75オクテットで折り、特別な文字を書き換え、CRLFで終わる（RFC 5545）")
  void keepsToTheStandard() {
    var id = new UUID(1, 2);
    var title = "市道, 1024号線; 舗\\装\n修繕" + "𠮷野家橋".repeat(40);
    var text =
        ICalendar.of(
            "契約の期限",
            List.of(
                new Occasion(
                    id,
                    Occasion.What.PERIOD_ENDS,
                    LocalDate.of(2028, 2, 29),
                    Optional.empty(),
                    "R8-000012",
                    title),
                new Occasion(
                    id,
                    Occasion.What.AGREE_BY,
                    LocalDate.of(2027, 1, 1),
                    Optional.of(Instant.parse("2026-12-31T15:00:00Z")),
                    "R8-000012",
                    "あ")),
            Occasion::title,
            NOW);
    for (var line : text.split("\r\n", -1)) {
      assertThat(line.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(75);
      assertThat(new String(line.getBytes(UTF_8), UTF_8)).isEqualTo(line).doesNotContain("\n");
    }
    var events = events(text);
    assertThat(events).hasSize(2);
    assertThat(events.getFirst())
        .containsEntry("UID", id + "-PERIOD_ENDS@musubi")
        .containsEntry("DTSTAMP", "20261129T030405Z")
        .containsEntry("DTSTART;VALUE=DATE", "20280229")
        .containsEntry("DTEND;VALUE=DATE", "20280301")
        .containsEntry("SUMMARY", title);
    assertThat(events.getLast())
        .containsEntry("DTSTART", "20261231T150000Z")
        .doesNotContainKey("DTEND");
    assertThat(events("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")).isEmpty();
  }

  @Test
  @DisplayName("見られる契約の期限だけを、自動更新の前の日とともに入れる")
  void tellsOfWhatOneMayKnow() throws Exception {
    var body = TestBody.create("-");
    var other = TestPeople.section(body, "20", "福祉部", null);
    // The service goes by the real clock: days that lie ahead.
    var ends = LocalDate.ofInstant(Instant.now(), java.time.ZoneId.of("Asia/Tokyo")).plusDays(400);
    TestPeople.run(
        "insert into vault_object values (?, repeat('a', 64), 1, 'application/pdf', now(), 1)",
        body.id().value());
    var mine = contract(body, body.section(), "自分の契約", ends, true);
    contract(body, other, "ほかの所属の契約", ends, false);
    contract(body, body.section(), "昔の契約", LocalDate.of(2021, 3, 31), false);

    var events = events(taken(body, body.viewer()));
    assertThat(events)
        .extracting(event -> event.get("UID"))
        .containsExactly(mine + "-RENEWS_SOON@musubi", mine + "-PERIOD_ENDS@musubi");
    assertThat(events.getFirst().get("DTSTART;VALUE=DATE"))
        .isEqualTo(ends.minusDays(60).toString().replace("-", ""));
    assertThat(events.getLast().get("SUMMARY")).contains("契約期間の終わり", "自分の契約");
    var auditor = TestPeople.member(body, "kansa", "監査 一", body.section(), "AUDITOR", null);
    assertThat(events(taken(body, auditor))).isEmpty();
    var foreign = TestBody.create("-");
    assertThat(events(taken(foreign, foreign.viewer()))).isEmpty();
    assertThat(
            TestPeople.text(
                "select count(*) from audit_entry where tenant_id = ? and action = 'agenda.exported'",
                body.id().value()))
        .isEqualTo("2");
  }

  private String taken(TestBody body, UUID reader) throws Exception {
    var answer =
        mvc.perform(get("/register/deadlines.ics").with(TestPeople.as(body, reader)))
            .andReturn()
            .getResponse();
    assertThat(answer.getContentType()).startsWith("text/calendar");
    return new String(answer.getContentAsByteArray(), UTF_8);
  }

  private static UUID contract(
      TestBody body, UUID section, String title, LocalDate ends, boolean renews) {
    var id = UUID.randomUUID();
    TestPeople.run(
        """
        insert into contract (tenant_id, id, number, state, title, section_id, clerk_id, file_name,
                              document_sha256, pages, created_at, ended_at, period_until, renews)
        values (?, ?, ?, 'ON_PAPER', ?, ?, ?, 'x.pdf', repeat('a', 64), 1, now(), now(), ?, ?)
        """,
        body.id().value(),
        id,
        "N-" + id,
        title,
        section,
        body.clerk(),
        ends,
        renews);
    return id;
  }

  /** Reads strictly: what does not keep to the standard fails here. */
  private static List<Map<String, String>> events(String text) {
    assertThat(text).startsWith("BEGIN:VCALENDAR\r\n").endsWith("END:VCALENDAR\r\n");
    assertThat(text.replace("\r\n", "")).doesNotContain("\r", "\n");
    var events = new ArrayList<Map<String, String>>();
    Map<String, String> event = new LinkedHashMap<>();
    for (var line : text.replace("\r\n ", "").split("\r\n", -1)) {
      if (line.equals("BEGIN:VEVENT")) {
        event = new LinkedHashMap<>();
      } else if (line.equals("END:VEVENT")) {
        assertThat(event).containsKeys("UID", "DTSTAMP", "SUMMARY");
        events.add(event);
        event = new LinkedHashMap<>();
      } else if (!line.isEmpty()) {
        var parts = line.split(":", 2);
        assertThat(parts).as(line).hasSize(2);
        assertThat(event.put(parts[0], unescaped(parts[1]))).as("twice " + parts[0]).isNull();
      }
    }
    return events;
  }

  private static String unescaped(String text) {
    var plain = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      var letter = text.charAt(i);
      if (letter == '\\') {
        var next = text.charAt(++i);
        assertThat("\\;,n".indexOf(next)).isNotNegative();
        plain.append(next == 'n' ? '\n' : next);
      } else {
        assertThat(";,".indexOf(letter)).isNegative();
        plain.append(letter);
      }
    }
    return plain.toString();
  }
}

package jp.musubi.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import jp.musubi.deadline.ReminderRules.Course;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("督促の決まり")
class ReminderRulesTest {
  private static final ReminderRules RULES = new ReminderRules(true, 5, 3, 3, 1, 3, 60, 7);

  @ParameterizedTest(name = "{0}に頼み、{2}回送って最後が{3}、期限{1} → {4}")
  @DisplayName("頼んだ日から数え、閉庁日を避け、期限の前に終わる")
  @CsvSource({
    // Monday, five days on is Saturday: the Monday after.
    "2026-11-30T14:00, 2026-12-18T17:00, 0, ,                2026-12-07T09:00",
    "2026-11-30T14:00, 2026-12-18T17:00, 1, 2026-12-07T09:05, 2026-12-10T09:00",
    "2026-11-30T14:00, 2026-12-18T17:00, 2, 2026-12-10T09:05, 2026-12-14T09:00",
    // The fourth of three.
    "2026-11-30T14:00, 2026-12-28T17:00, 3, 2026-12-14T09:05, ",
    // Over the turn of the year.
    "2026-12-25T10:00, 2027-01-15T17:00, 0, ,                2027-01-04T09:00",
    // The holidays of September 2026.
    "2026-09-14T10:00, 2026-10-05T17:00, 0, ,                2026-09-24T09:00",
    // One day has to be left.
    "2026-11-30T14:00, 2026-12-08T17:00, 0, ,                2026-12-07T09:00",
    "2026-11-30T14:00, 2026-12-07T17:00, 0, , ",
    // In Japan it is the first already.
    "2026-12-01T08:30, 2026-12-18T17:00, 0, ,                2026-12-07T09:00",
    // A link given anew by hand puts the next off.
    "2026-12-09T10:00, 2026-12-28T17:00, 1, 2026-12-07T09:05, 2026-12-14T09:00",
  })
  void countFromBeingAskedAndAvoidClosedDays(
      LocalDateTime asked,
      LocalDateTime deadline,
      int sent,
      @Nullable LocalDateTime last,
      @Nullable LocalDateTime next) {
    var course =
        new Course(moment(asked), sent, Optional.ofNullable(last).map(ReminderRulesTest::moment));
    assertThat(RULES.next(course, moment(deadline)))
        .isEqualTo(Optional.ofNullable(next).map(ReminderRulesTest::moment));
  }

  @Test
  @DisplayName("自動の督促をやめた団体では、だれにも送らない")
  void remindNobodyWhenSwitchedOff() {
    var off = new ReminderRules(false, 1, 1, 10, 0, 3, 60, 7);
    var asked = moment(LocalDateTime.parse("2026-11-30T14:00"));
    assertThat(
            off.next(
                new Course(asked, 0, Optional.empty()),
                moment(LocalDateTime.parse("2026-12-28T17:00"))))
        .isEmpty();
  }

  @Test
  @DisplayName("残り0日なら期限の当日の朝にも送るが、朝9時より前の期限には間に合わない")
  void mayRemindOnTheLastDay() {
    var toTheEnd = new ReminderRules(true, 5, 3, 3, 0, 3, 60, 7);
    var course = new Course(moment(LocalDateTime.parse("2026-12-02T10:00")), 0, Optional.empty());
    assertThat(toTheEnd.next(course, moment(LocalDateTime.parse("2026-12-07T17:00"))))
        .contains(moment(LocalDateTime.parse("2026-12-07T09:00")));
    assertThat(toTheEnd.next(course, moment(LocalDateTime.parse("2026-12-07T09:00")))).isEmpty();
  }

  @Test
  @DisplayName("担当者には、期限の3日前か、その前の開庁日に知らせる")
  void tellTheClerkOnAnOpenDay() {
    assertThat(RULES.notice(moment(LocalDateTime.parse("2026-12-04T17:00"))))
        .contains(moment(LocalDateTime.parse("2026-12-01T09:00")));
    assertThat(RULES.notice(moment(LocalDateTime.parse("2027-01-05T17:00"))))
        .contains(moment(LocalDateTime.parse("2026-12-28T09:00")));
  }

  @ParameterizedTest
  @DisplayName("手紙を書くのは開庁日の9時から17時まで")
  @CsvSource({
    "2026-11-30T08:59, false",
    "2026-11-30T09:00, true",
    "2026-11-30T16:59, true",
    "2026-11-30T17:00, false",
    "2026-11-29T10:00, false",
    "2026-11-23T10:00, false",
    "2026-12-29T10:00, false"
  })
  void writeInOfficeHours(LocalDateTime now, boolean may) {
    assertThat(ReminderRules.isOfficeHour(moment(now))).isEqualTo(may);
  }

  private static Instant moment(LocalDateTime there) {
    return there.atZone(JapaneseDates.ZONE).toInstant();
  }
}

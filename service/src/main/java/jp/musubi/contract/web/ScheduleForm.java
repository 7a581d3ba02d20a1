package jp.musubi.contract.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** 予約送信 as typed: the day and the time at which it leaves. */
record ScheduleForm(@Nullable String day, @Nullable String time) {

  /** The moment, if it lies between now and the deadline. */
  Optional<Instant> read(FormReader reader, Instant now, Instant deadline) {
    if (day == null || day.isBlank()) {
      reader.reject("day", "web.wrong.empty");
    }
    var date = reader.day("day", day);
    var hour = reader.time("time", time);
    if (date.isEmpty() || hour.isEmpty()) {
      return Optional.empty();
    }
    var moment = date.get().atTime(hour.get()).atZone(JapaneseDates.ZONE).toInstant();
    if (!moment.isAfter(now)) {
      reader.reject("day", "contract.schedule.wrong.past");
    } else if (!moment.isBefore(deadline)) {
      reader.reject("day", "contract.schedule.wrong.afterDeadline", Words.moment(deadline));
    }
    return reader.wrong().isEmpty() ? Optional.of(moment) : Optional.empty();
  }

  List<Field> fields(Map<String, Text> wrong) {
    return List.of(
        Field.required("day", "contract.schedule.day")
            .hinted("contract.schedule.day.hint")
            .with(day)
            .wrong(wrong.get("day")),
        Field.required("time", "contract.schedule.time")
            .drawn(Field.Look.TIME)
            .with(time)
            .wrong(wrong.get("time")));
  }
}

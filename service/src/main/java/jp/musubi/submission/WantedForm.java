package jp.musubi.submission;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** A document that is to be asked for, as typed. */
record WantedForm(
    @Nullable String place,
    @Nullable String name,
    @Nullable String note,
    @Nullable String purpose,
    @Nullable String mandatory,
    @Nullable String due) {

  /** Before anybody has typed. */
  static WantedForm empty(int place) {
    return new WantedForm(String.valueOf(place), null, null, Purpose.SIGNED.name(), "true", null);
  }

  /**
   * What was typed, if nothing is wrong with it.
   *
   * @param today in Japan
   */
  Optional<Wanted> read(FormReader reader, LocalDate today) {
    var named = reader.line("name", name, Wanted.LONGEST_NAME, true);
    var noted = reader.lines("note", note, Wanted.LONGEST_NOTE, false);
    var chosen =
        Arrays.stream(Purpose.values()).filter(each -> each.name().equals(purpose)).findFirst();
    if (chosen.isEmpty()) {
      reader.reject("purpose", "submission.wrong.choose");
    }
    var day = due(reader, due, today);
    return reader.wrong().isEmpty()
        ? chosen.map(each ->
            new Wanted(
                UUID.randomUUID(),
                UUID.randomUUID(),
                0,
                named,
                noted,
                each,
                "true".equals(mandatory),
                day))
        : Optional.empty();
  }

  /** A day until which something is wanted: not over, and while a link that is sent today works. */
  static Optional<LocalDate> due(FormReader reader, @Nullable String typed, LocalDate today) {
    if (typed == null || typed.isBlank()) {
      return Optional.empty();
    }
    var day = reader.day("due", typed);
    day.filter(
            each -> each.isBefore(today) || each.isAfter(today.plusDays(CallLink.VALID.toDays())))
        .ifPresent(_ ->
            reader.reject("due", "submission.wrong.due", String.valueOf(CallLink.VALID.toDays())));
    return day;
  }

  /** Its fields; of whom it is asked is a choice where there are several. */
  List<Field> fields(List<Option> parties, Map<String, Text> wrong, Book book) {
    return List.of(
        Field.required("place", "submission.party")
            .offering(parties)
            .with(place)
            .wrong(wrong.get("place")),
        Field.required("name", "submission.name")
            .hinted("submission.name.hint")
            .drawn(new Field.Look("text", "off", null, null, null, Wanted.LONGEST_NAME, null))
            .with(name)
            .wrong(wrong.get("name")),
        note(note, wrong),
        Field.required("purpose", "submission.purpose")
            .hinted("submission.purpose.hint")
            .offering(
                Arrays.stream(Purpose.values())
                    .map(each ->
                        new Option(each.name(), book.of("submission.purpose." + each.name())))
                    .toList())
            .with(purpose)
            .wrong(wrong.get("purpose")),
        due(due, wrong),
        Field.optional("mandatory", "submission.mandatory").drawn(Form.TICK).with(mandatory));
  }

  static Field note(@Nullable String typed, Map<String, Text> wrong) {
    return Field.optional("note", "submission.note")
        .hinted("submission.note.hint")
        .drawn(new Field.Look("lines", "off", null, null, null, Wanted.LONGEST_NOTE, null))
        .with(typed)
        .wrong(wrong.get("note"));
  }

  static Field due(@Nullable String typed, Map<String, Text> wrong) {
    return Field.optional("due", "submission.due")
        .hinted("submission.due.hint")
        .drawn(Form.DAY)
        .with(typed)
        .wrong(wrong.get("due"));
  }
}

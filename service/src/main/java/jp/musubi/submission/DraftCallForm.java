package jp.musubi.submission;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** 相手方に契約書案を出してもらう, as typed. */
record DraftCallForm(
    @Nullable String idempotencyKey,
    @Nullable String title,
    @Nullable String organisation,
    @Nullable String name,
    @Nullable String mail,
    @Nullable String note,
    @Nullable String due) {
  private static final int LONGEST_TITLE = 100;
  private static final int LONGEST_PARTY = 100;

  /** Before anybody has typed. */
  static DraftCallForm empty() {
    return new DraftCallForm(UUID.randomUUID().toString(), null, null, null, null, null, null);
  }

  /** Whom to ask for what. */
  record Read(Call.Told told, Wanted wanted) {}

  /**
   * What was typed, if nothing is wrong with it.
   *
   * @param today in Japan
   */
  Optional<Read> read(FormReader reader, LocalDate today, Book book) {
    var titled = reader.line("title", title, LONGEST_TITLE, true);
    var organised = reader.line("organisation", organisation, LONGEST_PARTY, true);
    var named = reader.line("name", name, LONGEST_PARTY, true);
    var mailed = reader.mail("mail", mail);
    var noted = reader.lines("note", note, Wanted.LONGEST_NOTE, false);
    var day = WantedForm.due(reader, due, today);
    return reader.wrong().isEmpty()
        ? Optional.of(
            new Read(
                new Call.Told(titled, organised, named, mailed),
                new Wanted(
                    UUID.randomUUID(),
                    UUID.randomUUID(),
                    0,
                    book.of("submission.draft.wanted"),
                    noted,
                    Purpose.DOCUMENT,
                    true,
                    day)))
        : Optional.empty();
  }

  List<Field> fields(Map<String, Text> wrong) {
    return List.of(
        Field.required("idempotencyKey", "submission.draft.title")
            .drawn(Form.HIDDEN)
            .with(idempotencyKey),
        Field.required("title", "submission.draft.title")
            .hinted("submission.draft.title.hint")
            .with(title)
            .wrong(wrong.get("title")),
        Field.required("organisation", "submission.draft.organisation")
            .with(organisation)
            .wrong(wrong.get("organisation")),
        Field.required("name", "submission.draft.name").with(name).wrong(wrong.get("name")),
        Field.required("mail", "submission.draft.mail")
            .hinted("submission.draft.mail.hint")
            .drawn(Field.Look.MAIL)
            .with(mail)
            .wrong(wrong.get("mail")),
        WantedForm.note(note, wrong),
        WantedForm.due(due, wrong));
  }
}

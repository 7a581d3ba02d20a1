package jp.musubi.submission;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Chip;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FileSize;
import jp.musubi.platform.web.Option;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the staff's pages about what counterparties hand in together. */
@Component
class SubmissionPages {
  private final Submissions submissions;
  private final Organisations organisations;
  private final Book book;
  private final Clock clock;

  SubmissionPages(Submissions submissions, Organisations organisations, Book book, Clock clock) {
    this.submissions = submissions;
    this.organisations = organisations;
    this.book = book;
    this.clock = clock;
  }

  SubmissionPage of(Particulars draft) {
    var path = "/contracts/" + draft.id() + "/submissions";
    var sheets = submissions.of(draft.id());
    var asked = new ArrayList<SubmissionPage.Asked>();
    for (var party : draft.parties(Party.Kind.COUNTERPARTY)) {
      var sheet =
          sheets.stream().filter(each -> each.call().place() == party.ordinal()).findFirst();
      asked.add(
          new SubmissionPage.Asked(
              party.ordinal(),
              party.signature(),
              String.valueOf(party.mail()),
              sheet.map(this::link).orElseGet(() -> Text.of("submission.link.not")),
              sheet.filter(each -> !each.slots().isEmpty()).isPresent(),
              sheet.map(each -> rows(each, path)).orElse(List.of())));
    }
    // Whoever was asked and is no party any more; and with what the draft began.
    for (var sheet : sheets) {
      if (!sheet.slots().isEmpty()
          && asked.stream().noneMatch(each -> each.place() == sheet.call().place())) {
        asked.add(
            new SubmissionPage.Asked(
                sheet.call().place(),
                sheet.call().cameFirst() ? printed(sheet) : "",
                sheet.call().mail(),
                Text.of(
                    sheet.call().cameFirst() ? "submission.link.first" : "submission.link.gone"),
                false,
                rows(sheet, path)));
      }
    }
    return new SubmissionPage(path, "/contracts/" + draft.id(), draft.title(), asked);
  }

  /** How it stands with the link of a call. */
  Text link(CallSheet sheet) {
    return submissions
        .newest(sheet.call())
        .map(link ->
            switch (link.life(sheet.call(), sheet.draft(), clock.instant())) {
              case OPEN ->
                  Text.of(
                      "submission.link.open",
                      JapaneseDates.time(link.askedAt()),
                      JapaneseDates.time(link.expiresAt()));
              case SETTLED, ENDED ->
                  Text.of("submission.link.ended", JapaneseDates.time(link.askedAt()));
            })
        .orElseGet(() -> Text.of("submission.link.not"));
  }

  /**
   * What was handed in.
   *
   * @param base path of it
   * @param wrong why what was just asked was refused
   * @param reason as typed; null before anybody has typed
   */
  Optional<SubmissionPage.Seen> seen(
      CallSheet sheet,
      Slot slot,
      String base,
      String back,
      List<String> wrong,
      @Nullable String reason,
      @Nullable Text wrongReason) {
    return slot.standing()
        .map(file -> {
          var facts = new ArrayList<Fact>();
          facts.add(Fact.of("submission.file", file.name()));
          facts.add(Fact.of("submission.size", FileSize.words(file.bytes())));
          if (file.pages() > 0) {
            facts.add(Fact.of("submission.pages", book.of("contract.pages", file.pages())));
          }
          facts.add(
              new Fact(
                  "submission.at",
                  JapaneseDates.time(file.at()),
                  slot.cameLate(file.at()) ? book.of("submission.late.came") : null));
          facts.add(new Fact("submission.by", file.by(), file.mail()));
          file.acceptedAs()
              .ifPresent(as ->
                  facts.add(Fact.of("submission.accepted", book.of("submission.as." + as.name()))));
          var purpose = slot.wanted().purpose();
          return new SubmissionPage.Seen(
              base,
              back,
              slot.wanted().name(),
              slot.wanted().note(),
              chip(slot),
              facts,
              file.sha256().hex(),
              file.id().toString(),
              !file.isAccepted(),
              sheet.draft().isPresent() ? as(purpose) : List.of(),
              Field.required("reason", "submission.reason")
                  .hinted("submission.reason.hint")
                  .drawn(
                      new Field.Look("lines", "off", null, null, null, Wanted.LONGEST_NOTE, null))
                  .with(reason)
                  .wrong(wrongReason),
              wrong,
              earlier(slot),
              java.util.stream.IntStream.rangeClosed(1, file.pages())
                  .mapToObj(SubmissionPage.Sheet::new)
                  .toList());
        });
  }

  /** How it stands with a document, as a mark. */
  static Chip chip(Slot slot) {
    var key = "submission.state." + slot.state();
    return switch (slot.state()) {
      case WAITING -> new Chip(Chip.Mood.NEUTRAL, "clock", key);
      case HANDED_IN -> new Chip(Chip.Mood.ACTIVE, "file", key);
      case RETURNED -> new Chip(Chip.Mood.WARN, "alert", key);
      case ACCEPTED -> new Chip(Chip.Mood.OK, "check", key);
    };
  }

  /** Rows of a call. */
  List<SubmissionPage.Row> rows(CallSheet sheet, String path) {
    return sheet.slots().stream()
        .map(slot -> {
          var wanted = slot.wanted();
          return new SubmissionPage.Row(
              wanted.id().toString(),
              wanted.name(),
              wanted.note(),
              "submission.purpose." + wanted.purpose(),
              wanted.mandatory(),
              wanted
                  .due()
                  .map(day -> Text.of("submission.due.until", JapaneseDates.date(day)))
                  .orElseGet(() -> Text.of("submission.due.none")),
              slot.isLate(organisations.today()),
              chip(slot),
              slot.standing().map(HandedIn::name).orElse(null),
              slot.standing().map(_ -> path + "/" + wanted.id()).orElse(null),
              slot.files().isEmpty());
        })
        .toList();
  }

  private static String printed(CallSheet sheet) {
    return sheet.call().addressee(sheet.draft()).map(Call.Addressee::printed).orElse("");
  }

  private List<Field> as(Purpose purpose) {
    var all = new ArrayList<Option>();
    for (var each : HandedIn.As.values()) {
      all.add(new Option(each.name(), book.of("submission.as.long." + each.name())));
    }
    return List.of(
        Field.required("as", "submission.as").offering(all).with(purpose.name()),
        Field.required("kind", "contract.files.kind")
            .hinted("submission.kind.hint")
            .offering(
                java.util.Arrays.stream(Attachment.Kind.values())
                    .map(kind ->
                        new Option(kind.name(), book.of("contract.files.kind." + kind.name())))
                    .toList())
            .with(Attachment.Kind.OTHER.name()));
  }

  private static List<Text> earlier(Slot slot) {
    return slot.files().stream()
        .filter(file -> !file.stands())
        .map(file ->
            file.returnedAt()
                .map(at ->
                    Text.of(
                        "submission.earlier.returned",
                        file.name(),
                        JapaneseDates.time(file.at()),
                        JapaneseDates.time(at),
                        file.reason()))
                .orElseGet(() ->
                    Text.of(
                        "submission.earlier.replaced", file.name(), JapaneseDates.time(file.at()))))
        .toList();
  }
}

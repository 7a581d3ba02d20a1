package jp.musubi.submission;

import java.util.List;
import java.util.UUID;
import jp.musubi.contract.OfficeIntake;
import jp.musubi.contract.ReceivedFiles;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FileSize;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.inspection.FindingMessages;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Puts the page together on which a counterparty hands in, in the language in which it reads. */
@Component
class HandInPages {
  private static final String PDF = "application/pdf,.pdf";
  private static final String OFFICE = ",.docx,.doc,.odt,.xlsx,.xls,.ods";
  private static final String OTHERS =
      ",.pptx,.ppt,.png,.jpg,.jpeg,.tif,.tiff,.dwg,.dxf,.sfc,.p21,.sfz,.p2z,.jww,.txt,.csv,.xml,.zip";

  private final OfficeIntake office;
  private final Organisations organisations;
  private final Book book;

  HandInPages(OfficeIntake office, Organisations organisations, Book book) {
    this.office = office;
    this.organisations = organisations;
    this.book = book;
  }

  /**
   * What came and was not taken.
   *
   * @param name of the file; empty where none was chosen
   */
  record Wrong(UUID wanted, String name, List<String> reasons) {}

  /**
   * The page.
   *
   * @param party who hands in, as printed
   * @param until until when the link works
   * @param left how many mandatory documents did not come yet
   * @param arrived what just came; empty if nothing did
   */
  record Page(
      String title,
      String party,
      String until,
      List<Card> cards,
      long left,
      String arrived,
      @Nullable Wrong wrong) {}

  /**
   * One document.
   *
   * @param file what stands; null where nothing does
   * @param reason why the last one was sent back; null where it was not, or something stands again
   * @param field the input; null where nothing may be handed in any more
   */
  record Card(
      String action,
      String name,
      String note,
      boolean mandatory,
      Text due,
      boolean late,
      Text state,
      @Nullable Piece file,
      @Nullable String reason,
      @Nullable Field field,
      List<String> wrong,
      String wrongName) {}

  /** A file that was handed in. */
  record Piece(String name, String size, String sha256, String at) {}

  /** The name of a document's input, and its place on the page. */
  static String input(UUID wanted) {
    return "file-" + wanted;
  }

  Page of(Submissions.Opened opened, String path, @Nullable String done, @Nullable Wrong wrong) {
    var mail = opened.link().mail();
    var sheet = opened.sheet();
    var slots = sheet.slots().stream().map(slot -> slot.seenBy(mail)).toList();
    return new Page(
        sheet.title(),
        sheet.call().addressee(sheet.draft()).map(Call.Addressee::printed).orElse(""),
        JapaneseDates.time(opened.link().expiresAt()),
        slots.stream().map(slot -> card(slot, mail, path, wrong)).toList(),
        slots.stream()
            .filter(slot -> slot.wanted().mandatory() && slot.standing().isEmpty())
            .count(),
        slots.stream()
            .filter(slot -> slot.wanted().id().toString().equals(done))
            .filter(slot -> slot.standing().isPresent())
            .map(slot -> slot.wanted().name())
            .findFirst()
            .orElse(""),
        wrong);
  }

  /** Why a file is not taken, in words for who brought it. */
  List<String> reasons(ReceivedFiles.Looked looked) {
    return switch (looked) {
      case ReceivedFiles.Looked.Fit _ -> List.of();
      case ReceivedFiles.Looked.Unfit(var reason) ->
          List.of(book.shown("submission.wrong." + reason));
      case ReceivedFiles.Looked.Rejected(var findings) ->
          findings.stream()
              .map(finding ->
                  (finding.page().isPresent()
                          ? book.shown("submission.wrong.page", finding.page().getAsInt())
                          : "")
                      + FindingMessages.of(finding, LocaleContextHolder.getLocale()))
              .distinct()
              .toList();
    };
  }

  private Card card(Slot slot, String mail, String path, @Nullable Wrong wrong) {
    var wanted = slot.wanted();
    var stands = slot.standing();
    var mine = stands.filter(file -> file.isOf(mail));
    var rejected = wrong != null && wrong.wanted().equals(wanted.id()) ? wrong : null;
    return new Card(
        path + "/" + wanted.id(),
        wanted.name(),
        wanted.note(),
        wanted.mandatory(),
        wanted
            .due()
            .map(day -> Text.of("submission.outside.due", JapaneseDates.date(day)))
            .orElseGet(() -> Text.of("submission.outside.due.none")),
        slot.isLate(organisations.today()),
        Text.of("submission.outside.state." + slot.state()),
        mine.map(HandInPages::piece).orElse(null),
        stands.isPresent() ? null : slot.returned().map(HandedIn::reason).orElse(null),
        stands.filter(HandedIn::isAccepted).isPresent()
            ? null
            : field(wanted).wrong(rejected == null ? null : Text.of("submission.wrong.see")),
        rejected == null ? List.of() : rejected.reasons(),
        rejected == null ? "" : rejected.name());
  }

  private Field field(Wanted wanted) {
    var signed = wanted.purpose() != Purpose.REFERENCE;
    return Field.called(
            input(wanted.id()), "submission.outside.file", wanted.name(), wanted.mandatory())
        .hinted(
            signed
                ? office.isOffered()
                    ? "submission.outside.hint.office"
                    : "submission.outside.hint.pdf"
                : "submission.outside.hint.any")
        .drawn(
            new Field.Look(
                "file",
                null,
                null,
                null,
                null,
                null,
                signed ? office.isOffered() ? PDF + OFFICE : PDF : PDF + OFFICE + OTHERS));
  }

  private static Piece piece(HandedIn file) {
    return new Piece(
        file.name(),
        FileSize.words(file.bytes()),
        file.sha256().hex(),
        JapaneseDates.time(file.at()));
  }
}

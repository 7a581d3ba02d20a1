package jp.musubi.mark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import jp.musubi.contract.Party;
import jp.musubi.evidence.DocumentFonts;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.appearance.ImageFile;
import jp.musubi.seal.appearance.Imprint;
import jp.musubi.seal.appearance.ImprintMessages;
import jp.musubi.seal.appearance.Imprinting;
import jp.musubi.seal.appearance.VisibleSeal;
import org.springframework.stereotype.Component;

/** 表示を描く. What a mark looks like, and whether it can be drawn into a document. */
@Component
class Drawing {
  private final Book book;

  Drawing(Book book) {
    this.book = book;
  }

  /**
   * What came of trying.
   *
   * @param refused why marks cannot stand so, by their keys; then nothing would be drawn
   * @param notes what somebody should know of those that can, in words
   */
  record Tried(Map<UUID, Text> refused, List<String> notes) {}

  /**
   * What is seen of a party's seal.
   *
   * @param png points of a picture by its key
   */
  VisibleSeal look(Mark mark, Party party, Function<UUID, byte[]> png) {
    return new VisibleSeal(
        mark.imprint()
            .<Imprint>map(imprint ->
                new Imprint.Picture(
                    ImageFile.of(png.apply(imprint)),
                    book.of("mark.spoken.picture", party.signature())))
            .orElseGet(() -> new Imprint.Words(lines(party))),
        mark.box().place());
  }

  /**
   * For whom the place is. It is drawn before anybody has signed, so it says neither that nor when
   * somebody did (0018).
   */
  private List<String> lines(Party party) {
    var lines = new ArrayList<String>();
    lines.add(book.of("mark.drawn"));
    if (party.kind() != Party.Kind.OFFICE) {
      lines.add((party.venture() + " " + party.organisation()).strip());
    }
    lines.add((party.title() + " " + party.name()).strip());
    return lines;
  }

  /** Draws a sheet's marks into a copy of its document, which is thrown away. */
  Tried tried(MarkSheet sheet, Path document, Function<UUID, byte[]> png) {
    var pages = jp.musubi.input.Placing.sizes(document);
    var refused = new HashMap<UUID, Text>();
    var fields = new ArrayList<SignatureField>();
    for (var mark : sheet.drawn()) {
      var misplaced = mark.box().refusedOn(pages);
      misplaced.ifPresent(why -> refused.put(mark.id(), why.words()));
      var look = look(mark, sheet.party(mark).orElseThrow(), png);
      fields.add(new SignatureField(mark.id().toString(), look));
    }
    if (!refused.isEmpty() || fields.isEmpty()) {
      return new Tried(refused, List.of());
    }
    return switch (drawn(document, fields)) {
      case Imprinting.Refused(var field, var reason) ->
          new Tried(
              Map.of(
                  UUID.fromString(field),
                  Text.of("mark.refused", ImprintMessages.of(reason, Locale.JAPANESE))),
              List.of());
      case Imprinting.Done(var imprints) ->
          new Tried(
              Map.of(),
              imprints.stream()
                  .flatMap(imprint ->
                      imprint.notes().stream()
                          .map(note ->
                              book.of(
                                  "mark.note",
                                  sheet
                                      .find(UUID.fromString(imprint.field()))
                                      .flatMap(sheet::party)
                                      .map(Party::signature)
                                      .orElseThrow(),
                                  ImprintMessages.of(note, Locale.JAPANESE))))
                  .toList());
    };
  }

  private static Imprinting drawn(Path document, List<SignatureField> fields) {
    try {
      var scratch = Files.createTempFile("musubi-marks", ".pdf");
      try {
        return Preparation.prepare(document, scratch, fields, DocumentFonts.regular());
      } finally {
        Files.deleteIfExists(scratch);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

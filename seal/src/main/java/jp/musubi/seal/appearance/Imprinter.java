package jp.musubi.seal.appearance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * Draws seals into a document that nobody has sealed yet. Draw all, put the widgets on their pages,
 * then {@link #finish}; after a refusal the document is to be thrown away.
 */
public final class Imprinter {
  private static final Ink TEXT = Ink.of(0x1A1A1C);
  private static final Ink EDGE = Ink.of(0xB30C0C);
  private static final float LINE = 0.8f;
  private static final float PADDING = 4;
  static final int MOST_LINES = 12;
  static final int MOST_LETTERS = 400;

  /** What misleads a reader, or is no character at all (LAW-23). */
  private static final Pattern NEVER_DRAWN =
      Pattern.compile(
          "[\\p{Cc}\\p{Cs}\\u061C\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060\\u2066-\\u2069\\uFEFF]");

  @FunctionalInterface
  private interface Drawing {
    void run() throws IOException;
  }

  private final PDDocument document;
  private final Lettering lettering;
  private final ArchivalClaim claim;
  private final Map<Integer, Cover> covers = new HashMap<>();
  private final Map<ImageFile, COSStream> images = new HashMap<>();
  private final Map<String, Place> taken = new HashMap<>();
  private final List<Drawing> drawings = new ArrayList<>();
  private final List<Imprinted> imprints = new ArrayList<>();

  /**
   * For one document.
   *
   * @throws IOException when its metadata cannot be read
   */
  public Imprinter(PDDocument document, Typefaces typefaces) throws IOException {
    this.document = document;
    this.lettering = new Lettering(document, typefaces);
    this.claim = ArchivalClaim.of(document);
  }

  /**
   * Composes a seal for the widget of a field, to be put there by {@link #finish}.
   *
   * @return why not, if not
   */
  public Optional<ImprintRefusal> draw(String field, VisibleSeal seal, COSDictionary widget)
      throws IOException {
    var place = seal.place();
    if (place.page() > document.getNumberOfPages()) {
      return Optional.of(new ImprintRefusal.NoSuchPage(place.page(), document.getNumberOfPages()));
    }
    var page = document.getPage(place.page() - 1);
    var refusal = place.refusedBy(page).or(() -> overAnother(place));
    if (refusal.isPresent()) {
      return refusal;
    }
    var notes = new ArrayList<Note>();
    cover(place).ifPresent(notes::add);
    var canvas = new Canvas();
    var refused =
        switch (seal.imprint()) {
          case Imprint.Words words -> words(words, place, canvas, notes);
          case Imprint.Picture picture -> picture(picture, place, canvas, notes);
        };
    if (refused.isPresent()) {
      return refused;
    }
    drawings.add(() -> appear(field, seal, widget, canvas, page));
    taken.put(field, place);
    imprints.add(new Imprinted(field, notes));
    return Optional.empty();
  }

  /** Puts everything on its page and embeds the letters that were used. */
  public Imprinting.Done finish() throws IOException {
    for (var drawing : drawings) {
      drawing.run();
    }
    lettering.finish(claim.part() == 1);
    return new Imprinting.Done(imprints);
  }

  private Optional<ImprintRefusal> overAnother(Place place) {
    return taken.entrySet().stream()
        .filter(other -> other.getValue().meets(place))
        .map(other -> (ImprintRefusal) new ImprintRefusal.OverAnotherSeal(other.getKey()))
        .findFirst();
  }

  private Optional<Note> cover(Place place) throws IOException {
    var cover = covers.get(place.page());
    if (cover == null) {
      cover = Cover.of(document, place.page());
      covers.put(place.page(), cover);
    }
    var permille = cover.permille(place);
    return permille == 0 ? Optional.empty() : Optional.of(new Note.CoversContent(permille));
  }

  private Optional<ImprintRefusal> words(
      Imprint.Words words, Place place, Canvas canvas, List<Note> notes) {
    var letters = words.lines().stream().mapToInt(line -> Letters.of(line).size()).sum();
    if (words.lines().isEmpty()
        || words.lines().size() > MOST_LINES
        || letters > MOST_LETTERS
        || words.lines().stream()
            .anyMatch(line -> line.isBlank() || NEVER_DRAWN.matcher(line).find())) {
      return Optional.of(new ImprintRefusal.UnfitText());
    }
    var width = place.width() - 2 * PADDING;
    var height = place.height() - 2 * PADDING;
    var found = Setting.of(lettering, words.lines(), width, height);
    if (found.isEmpty()) {
      return Optional.of(new ImprintRefusal.TextDoesNotFit(Setting.SMALLEST));
    }
    var setting = found.get();
    if (setting.isSmall()) {
      notes.add(new Note.Shrunk(setting.size()));
    }
    var known = lettering.substitutions().size();
    canvas.frame(EDGE, LINE, LINE / 2, LINE / 2, place.width() - LINE, place.height() - LINE);
    var leading = setting.size() * Setting.LEADING;
    var y = (place.height() + setting.lines().size() * leading) / 2 - setting.size();
    canvas.beginJapanese();
    for (var line : setting.lines()) {
      canvas.text(lettering, setting.size(), PADDING, y, TEXT, line);
      y -= leading;
    }
    canvas.end();
    notes.addAll(lettering.substitutions().subList(known, lettering.substitutions().size()));
    return Optional.empty();
  }

  private Optional<ImprintRefusal> picture(
      Imprint.Picture imprint, Place place, Canvas canvas, List<Note> notes) throws IOException {
    var opened = imprint.file().open();
    if (opened.image().isEmpty()) {
      return opened.refusal();
    }
    var image = opened.image().get();
    if (!claim.allowsSoftMasks() && new Picture(document, image).hasSoftEdges()) {
      notes.add(new Note.EdgeHardened());
    }
    var stream = images.get(imprint.file());
    if (stream == null) {
      stream = new Picture(document, image).write(claim.allowsSoftMasks());
      images.put(imprint.file(), stream);
    }
    var scale = Math.min(place.width() / image.getWidth(), place.height() / image.getHeight());
    var width = scale * image.getWidth();
    var height = scale * image.getHeight();
    canvas.image(stream, (place.width() - width) / 2, (place.height() - height) / 2, width, height);
    return Optional.empty();
  }

  /**
   * Into the page's own content: a reader that hides annotations, or EU DSS, which leaves out those
   * of fields filled later when it compares revisions, sees the same page as everybody. The widget
   * above it is empty, for the reader's finger.
   */
  private void appear(
      String field, VisibleSeal seal, COSDictionary widget, Canvas canvas, PDPage page)
      throws IOException {
    var place = seal.place();
    var drawing = form(place);
    drawing.setItem(COSName.RESOURCES, canvas.resources());
    canvas.writeTo(drawing);
    PageContent.of(page).append(document, "Seal-" + field, drawing, place.matrix(page));
    var empty = form(place);
    new Canvas().writeTo(empty);
    var appearance = new COSDictionary();
    appearance.setItem(COSName.N, empty);
    appearance.setDirect(true);
    widget.setItem(COSName.AP, appearance);
    widget.setItem(COSName.RECT, place.on(page));
    widget.setString(COSName.CONTENTS, seal.imprint().spoken());
  }

  private COSStream form(Place place) {
    var form = document.getDocument().createCOSStream();
    form.setItem(COSName.TYPE, COSName.XOBJECT);
    form.setItem(COSName.SUBTYPE, COSName.FORM);
    form.setItem(COSName.BBOX, new PDRectangle(place.width(), place.height()));
    return form;
  }
}

package jp.musubi.seal.appearance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.musubi.seal.Preparation;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.SignatureField;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.Skeleton;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * 差し込み. Writes texts into the boxes of a form, as ordinary content of its pages. The form is parsed
 * once; each copy is a new file of one revision, the same bytes for the same texts, and stands
 * beside another that has empty signature fields already. May be used by many threads.
 */
public final class Filling {
  private static final Ink TEXT = Ink.of(0x1A1A1C);
  private static final float STEP = 0.5f;
  private static final float LINE = 1.2f;

  private final List<Blank> blanks;
  private final Typefaces typefaces;
  private final boolean listed;

  /** Of the drawings in the resources of pages; no page of the form has it already. */
  private final String name;

  private final TreeMap<Integer, PDRectangle> pages = new TreeMap<>();
  private final Form plain;
  private final Form prepared;

  /** A file with a place for each page's texts, by the page's number. */
  private record Form(Skeleton skeleton, SortedMap<Integer, Long> numbers) {}

  /**
   * Opens a form.
   *
   * @param fields the signature fields of the second file
   * @throws IllegalArgumentException when a box lies outside of its page: ask {@link #outside}
   *     first
   * @throws IOException when the form cannot be read
   */
  public Filling(Path form, List<Blank> blanks, List<SignatureField> fields, Typefaces typefaces)
      throws IOException {
    this.blanks = List.copyOf(blanks);
    this.typefaces = typefaces;
    this.name = "Filled-" + Sha256.of(form).hex().substring(0, 16);
    var outside = outside(form, blanks);
    if (!outside.isEmpty()) {
      throw new IllegalArgumentException("outside of the page: " + outside);
    }
    var opened = Files.createTempFile("musubi-form", ".pdf");
    var ready = Files.createTempFile("musubi-form-prepared", ".pdf");
    try {
      try (var document = Loader.loadPDF(form.toFile())) {
        listed = ArchivalClaim.of(document).part() == 1;
        for (var blank : blanks) {
          pages.computeIfAbsent(
              blank.place().page(), page -> Place.shown(document.getPage(page - 1)));
        }
        for (var page : pages.entrySet()) {
          var on = document.getPage(page.getKey() - 1);
          var place = stream(document, page.getValue());
          new Canvas().writeTo(place);
          PageContent.of(on)
              .append(document, name, place, whole(page.getKey(), page.getValue()).matrix(on));
        }
        document.setDocumentId(ByteBuffer.wrap(Sha256.of(form).bytes()).getLong());
        document.save(opened.toFile(), CompressParameters.NO_COMPRESSION);
      }
      Preparation.prepare(opened, ready, fields);
      plain = form(opened);
      prepared = form(ready);
    } finally {
      Files.deleteIfExists(opened);
      Files.deleteIfExists(ready);
    }
  }

  /** The boxes that do not lie on a page of the file, by their names. */
  public static List<String> outside(Path form, List<Blank> blanks) throws IOException {
    try (var document = Loader.loadPDF(form.toFile())) {
      return blanks.stream()
          .filter(blank -> !lies(blank.place(), document))
          .map(Blank::name)
          .toList();
    }
  }

  /**
   * How wide a page with boxes is, as it is seen.
   *
   * @param page from 1
   */
  public float width(int page) {
    return java.util.Objects.requireNonNull(pages.get(page), "no box on this page").getWidth();
  }

  private static boolean lies(Place place, PDDocument document) {
    if (place.page() > document.getNumberOfPages()) {
      return false;
    }
    var shown = Place.shown(document.getPage(place.page() - 1));
    return place.left() + place.width() <= shown.getWidth()
        && place.top() + place.height() <= shown.getHeight();
  }

  /** What of the texts cannot stand in its box; texts of other names say nothing. */
  public List<Misfit> misfits(Map<String, String> texts) {
    try (var scratch = new PDDocument()) {
      return new Copy(scratch).draw(texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes a copy with the texts, and one with signature fields beside.
   *
   * @throws IllegalArgumentException when a text does not fit: ask {@link #misfits} first
   */
  public void write(Map<String, String> texts, Path plainTarget, Path preparedTarget)
      throws IOException {
    try (var scratch = new PDDocument()) {
      var copy = new Copy(scratch);
      var misfits = copy.draw(texts);
      if (!misfits.isEmpty()) {
        throw new IllegalArgumentException("not as written: " + misfits);
      }
      var streams = copy.finish();
      Files.write(plainTarget, written(plain, streams));
      Files.write(preparedTarget, written(prepared, streams));
    }
  }

  private static byte[] written(Form form, SortedMap<Integer, COSStream> streams)
      throws IOException {
    var byNumber = new TreeMap<Long, COSStream>();
    form.numbers().forEach((page, number) -> byNumber.put(number, streams.get(page)));
    return form.skeleton().with(byNumber);
  }

  /** The texts of one copy in the making. */
  private final class Copy {
    private final PDDocument scratch;
    private final Lettering lettering;
    private final SortedMap<Integer, Canvas> canvases = new TreeMap<>();

    Copy(PDDocument scratch) {
      this.scratch = scratch;
      this.lettering = new Lettering(scratch, typefaces);
      pages.keySet().forEach(page -> canvases.put(page, new Canvas().beginJapanese()));
    }

    List<Misfit> draw(Map<String, String> texts) {
      var misfits = new ArrayList<Misfit>();
      for (var blank : blanks) {
        var text = texts.getOrDefault(blank.name(), "");
        if (!text.isEmpty()) {
          if (!drawn(blank, text)) {
            misfits.add(new Misfit.TooLong(blank.name()));
          }
          for (var note : lettering.substitutions()) {
            letter(note)
                .filter(text::contains)
                .ifPresent(each -> misfits.add(new Misfit.NoSuchLetter(blank.name(), each)));
          }
        }
      }
      return List.copyOf(misfits);
    }

    private boolean drawn(Blank blank, String text) {
      var place = blank.place();
      for (var size = blank.size(); size >= Blank.SMALLEST; size -= STEP) {
        var at = size;
        var lines = lettering.wrap(text, size, place.width());
        var height = size * LINE + (lines.size() - 1) * size * Setting.LEADING;
        if (height <= place.height()
            && lines.stream().allMatch(line -> lettering.width(line, at) <= place.width())) {
          set(blank, lines, size, height);
          return true;
        }
      }
      // Drawn nowhere, but the letters that no typeface has are told all the same.
      lettering.draw(text);
      return false;
    }

    /** In the middle of the box's height, from its left edge. */
    private void set(Blank blank, List<String> lines, float size, float height) {
      var place = blank.place();
      var page = java.util.Objects.requireNonNull(pages.get(place.page()));
      var canvas = java.util.Objects.requireNonNull(canvases.get(place.page()));
      var top = page.getHeight() - place.top() - (place.height() - height) / 2;
      var y = top - size;
      for (var line : lines) {
        canvas.text(lettering, size, place.left(), y, TEXT, line);
        y -= size * Setting.LEADING;
      }
    }

    SortedMap<Integer, COSStream> finish() throws IOException {
      lettering.finish(listed);
      var streams = new TreeMap<Integer, COSStream>();
      for (var page : canvases.entrySet()) {
        var stream = stream(scratch, java.util.Objects.requireNonNull(pages.get(page.getKey())));
        var canvas = page.getValue().end();
        stream.setItem(COSName.RESOURCES, canvas.resources());
        canvas.writeTo(stream);
        streams.put(page.getKey(), stream);
      }
      return streams;
    }
  }

  private static Optional<String> letter(Note note) {
    return switch (note) {
      case Note.DrawnAsBase(var letter) -> Optional.of(letter);
      case Note.NotDrawn(var letter) -> Optional.of(letter);
      case Note.CoversContent _, Note.Shrunk _, Note.EdgeHardened _ -> Optional.empty();
    };
  }

  private static Place whole(int page, PDRectangle shown) {
    return new Place(page, 0, 0, shown.getWidth(), shown.getHeight());
  }

  private static COSStream stream(PDDocument document, PDRectangle shown) {
    var stream = document.getDocument().createCOSStream();
    stream.setItem(COSName.TYPE, COSName.XOBJECT);
    stream.setItem(COSName.SUBTYPE, COSName.FORM);
    stream.setItem(COSName.BBOX, new PDRectangle(shown.getWidth(), shown.getHeight()));
    return stream;
  }

  private Form form(Path saved) throws IOException {
    var bytes = Files.readAllBytes(saved);
    var numbers = new TreeMap<Integer, Long>();
    try (var document = Loader.loadPDF(bytes)) {
      for (var page : pages.keySet()) {
        var resources = document.getPage(page - 1).getResources().getCOSObject();
        var forms = Cos.dictionary(resources, "XObject");
        if (forms != null
            && forms.getItem(COSName.getPDFName(name)) instanceof COSObject reference
            && reference.getKey() != null) {
          numbers.put(page, reference.getKey().getNumber());
        }
      }
    }
    if (!numbers.keySet().equals(pages.keySet())) {
      throw new IOException("a place for texts is missing: " + numbers);
    }
    return new Form(Skeleton.of(bytes, new HashSet<>(numbers.values())), numbers);
  }
}

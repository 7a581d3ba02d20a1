package jp.musubi.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import jp.musubi.seal.appearance.Lettering;
import jp.musubi.seal.appearance.Note;
import jp.musubi.seal.appearance.Typeface;
import jp.musubi.seal.appearance.Typefaces;
import org.apache.pdfbox.pdmodel.PDDocument;

/** The two weights of letters in one document; what one of them lacks, both lack. */
record PdfFonts(Lettering regular, Lettering bold) {
  private static final Typefaces REGULAR = Typefaces.of(read("/fonts/NotoSansJP-Regular.ttf"));
  private static final Typefaces BOLD = Typefaces.of(read("/fonts/NotoSansJP-Bold.ttf"));

  static PdfFonts in(PDDocument document) {
    return new PdfFonts(new Lettering(document, REGULAR), new Lettering(document, BOLD));
  }

  /** The lighter of the two. */
  static Typefaces regularTypefaces() {
    return REGULAR;
  }

  private static Typeface read(String resource) {
    try (var in = PdfFonts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return Typeface.read(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What could not be drawn as it was written, each once. */
  List<Note> substitutions() {
    return Stream.concat(regular.substitutions().stream(), bold.substitutions().stream())
        .distinct()
        .toList();
  }

  void finish() throws IOException {
    regular.finish();
    bold.finish();
  }
}

package jp.musubi.seal.appearance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * 文字の組み. Writes text in one document with {@link Typefaces}: 髙, 﨑, 𠮷 and the variants of a
 * character are drawn as themselves, and read back as they were written. What no typeface has is
 * drawn as its base character, or as 〓, and told in {@link #substitutions()}.
 */
public final class Lettering {
  /** 〓 stands for a character that the fonts lack, as in Japanese print. */
  static final String GETA = "\u3013";

  private static final String NOT_AT_LINE_START =
      "、。，．・：；？！ー々ゝゞヽヾ）」』】〕］｝〉》”’)]},.ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
  private static final String NOT_AT_LINE_END = "（「『【〔［｛〈《“‘([{";

  /**
   * A letter as it is drawn.
   *
   * @param font which of the typefaces
   * @param code what shows it there
   * @param advance its width in thousandths of the size
   */
  record Drawn(int font, int code, int advance) {}

  private final List<Typeface> typefaces;
  private final List<EmbeddedFont> fonts;
  private final Set<Note> substitutions = new LinkedHashSet<>();

  /** Nothing is added to the document until {@link #finish}. */
  public Lettering(PDDocument document, Typefaces typefaces) {
    this.typefaces = typefaces.inOrder();
    this.fonts = this.typefaces.stream().map(each -> new EmbeddedFont(document, each)).toList();
  }

  /** What was asked for and could not be drawn so far, each once. */
  public List<Note> substitutions() {
    return List.copyOf(substitutions);
  }

  /**
   * The width of a line in points.
   *
   * @param size of the letters, in points
   */
  public float width(String text, float size) {
    return Letters.of(text).stream().mapToInt(letter -> look(letter).advance()).sum()
        / 1000f
        * size;
  }

  /**
   * Breaks at any letter, as Japanese does, but not before a closing mark nor after an opening one
   * (JIS X 4051); no line is wider than {@code width} unless a single letter is.
   *
   * @param size of the letters, in points
   * @param width in points
   */
  public List<String> wrap(String text, float size, float width) {
    var lines = new ArrayList<String>();
    var line = new ArrayList<String>();
    var used = 0f;
    for (var letter : Letters.of(text)) {
      var advance = look(letter).advance() / 1000f * size;
      if (!line.isEmpty() && used + advance > width) {
        var cut = cut(line, letter);
        lines.add(String.join("", line.subList(0, cut)));
        line.subList(0, cut).clear();
        used = width(String.join("", line), size);
      }
      line.add(letter);
      used += advance;
    }
    lines.add(String.join("", line));
    return List.copyOf(lines);
  }

  /** Where the line may end when {@code next} does not fit any more. */
  private static int cut(List<String> line, String next) {
    for (var at = line.size(); at > 0; at--) {
      var after = at == line.size() ? next : line.get(at);
      if (!NOT_AT_LINE_START.contains(after) && !NOT_AT_LINE_END.contains(line.get(at - 1))) {
        return at;
      }
    }
    return line.size();
  }

  /**
   * Embeds the parts of the fonts that were used; once, before the document is saved.
   *
   * @throws IOException when the document cannot be written to
   */
  public void finish() throws IOException {
    finish(false);
  }

  /** With the list of codes that PDF/A-1 demands, or without. */
  void finish(boolean listed) throws IOException {
    for (var font : fonts) {
      font.write(listed);
    }
  }

  EmbeddedFont font(int number) {
    return fonts.get(number);
  }

  List<Drawn> draw(String text) {
    return Letters.of(text).stream().map(this::drawn).toList();
  }

  private Drawn drawn(String letter) {
    var look = look(letter);
    if (look.note() != null) {
      substitutions.add(look.note());
    }
    return new Drawn(
        look.font(), fonts.get(look.font()).code(look.reads(), look.glyph()), look.advance());
  }

  private record Look(int font, int glyph, int advance, String reads, @Nullable Note note) {}

  private Look look(String letter) {
    for (var i = 0; i < typefaces.size(); i++) {
      var glyph = typefaces.get(i).exactly(letter);
      if (glyph.isPresent()) {
        return look(i, glyph.getAsInt(), letter, null);
      }
    }
    if (Letters.selector(letter) != 0) {
      for (var i = 0; i < typefaces.size(); i++) {
        var glyph = typefaces.get(i).base(letter);
        if (glyph.isPresent()) {
          return look(i, glyph.getAsInt(), letter, new Note.DrawnAsBase(letter));
        }
      }
    }
    for (var i = 0; i < typefaces.size(); i++) {
      var geta = typefaces.get(i).base(GETA);
      if (geta.isPresent()) {
        // Reads as it looks: nobody may be told by a search what nobody can see.
        return look(i, geta.getAsInt(), GETA, new Note.NotDrawn(letter));
      }
    }
    throw new IllegalArgumentException("no typeface has the sign for a missing character");
  }

  private Look look(int font, int glyph, String reads, @Nullable Note note) {
    return new Look(font, glyph, typefaces.get(font).advance(glyph), reads, note);
  }
}

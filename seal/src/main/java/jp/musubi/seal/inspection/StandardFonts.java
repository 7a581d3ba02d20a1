package jp.musubi.seal.inspection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.fontbox.afm.AFMParser;
import org.apache.fontbox.afm.CharMetric;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.encoding.DictionaryEncoding;
import org.apache.pdfbox.pdmodel.font.encoding.Encoding;
import org.apache.pdfbox.pdmodel.font.encoding.StandardEncoding;
import org.apache.pdfbox.pdmodel.font.encoding.SymbolEncoding;
import org.apache.pdfbox.pdmodel.font.encoding.ZapfDingbatsEncoding;
import org.jspecify.annotations.Nullable;

/**
 * 標準14書体 — puts the fourteen fonts that a PDF may use without carrying them (ISO 32000-1, 9.6.2.2)
 * into the file, so that everyone sees the same letters for as long as the file is kept.
 */
final class StandardFonts {
  private static final Map<String, String> FILES =
      Map.ofEntries(
          Map.entry("Courier", "FoxitFixed"),
          Map.entry("Courier-Bold", "FoxitFixedBold"),
          Map.entry("Courier-Oblique", "FoxitFixedItalic"),
          Map.entry("Courier-BoldOblique", "FoxitFixedBoldItalic"),
          Map.entry("Times-Roman", "FoxitSerif"),
          Map.entry("Times-Bold", "FoxitSerifBold"),
          Map.entry("Times-Italic", "FoxitSerifItalic"),
          Map.entry("Times-BoldItalic", "FoxitSerifBoldItalic"),
          Map.entry("Symbol", "FoxitSymbol"),
          Map.entry("ZapfDingbats", "FoxitDingbats"),
          Map.entry("Helvetica", "LiberationSans-Regular"),
          Map.entry("Helvetica-Bold", "LiberationSans-Bold"),
          Map.entry("Helvetica-Oblique", "LiberationSans-Italic"),
          Map.entry("Helvetica-BoldOblique", "LiberationSans-BoldItalic"));

  private static final int FIXED_PITCH = 1;
  private static final int SYMBOLIC = 1 << 2;
  private static final int NON_SYMBOLIC = 1 << 5;

  private final PDDocument document;
  private final Findings findings;
  private final Map<String, COSStream> programs = new HashMap<>();
  private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private StandardFonts(PDDocument document, Findings findings) {
    this.document = document;
    this.findings = findings;
  }

  static void embed(PDDocument document, List<PageTree.Page> pages, Findings findings) {
    var fonts = new StandardFonts(document, findings);
    pages.forEach(page -> fonts.seen.add(page.dictionary()));
    for (var i = 0; i < pages.size(); i++) {
      fonts.walk(pages.get(i).dictionary(), i + 1);
    }
  }

  private void walk(COSDictionary page, int number) {
    var place = new Findings.Place(OptionalInt.of(number), Optional.empty());
    var todo = new ArrayDeque<COSBase>();
    todo.push(page);
    while (!todo.isEmpty()) {
      switch (todo.pop()) {
        case COSDictionary dictionary -> {
          if (isBare(dictionary)) {
            embed(dictionary);
            findings.at(
                "PDF-P13", Action.FIXED, "standard-font", place, Cos.name(dictionary, "BaseFont"));
          }
          dictionary.getValues().forEach(value -> push(value, todo));
        }
        case COSArray array -> array.forEach(value -> push(value, todo));
        default -> {}
      }
    }
  }

  private void push(@Nullable COSBase value, Deque<COSBase> todo) {
    var target = Cos.direct(value);
    if ((target instanceof COSDictionary || target instanceof COSArray) && seen.add(target)) {
      todo.push(target);
    }
  }

  private static boolean isBare(COSDictionary font) {
    if (!"Type1".equals(Cos.name(font, "Subtype"))
        || !FILES.containsKey(Cos.name(font, "BaseFont"))) {
      return false;
    }
    var descriptor = Cos.dictionary(font, "FontDescriptor");
    return descriptor == null
        || !(Cos.has(descriptor, "FontFile")
            || Cos.has(descriptor, "FontFile2")
            || Cos.has(descriptor, "FontFile3"));
  }

  private void embed(COSDictionary font) {
    try {
      var name = Cos.name(font, "BaseFont");
      var metrics = metrics(name);
      var encoding = encoding(font, name);
      var widths = new COSArray();
      var names = new COSArray();
      names.add(COSInteger.get(0));
      for (var code = 0; code < 256; code++) {
        var glyph = encoding.getName(code);
        widths.add(new COSFloat(metrics.getOrDefault(glyph, 0f)));
        names.add(COSName.getPDFName(glyph));
      }
      var drawn = FILES.getOrDefault(name, "").startsWith("Liberation");
      font.setItem(COSName.SUBTYPE, drawn ? COSName.TRUE_TYPE : COSName.TYPE1);
      if (!Cos.has(font, "Widths")) {
        font.setInt(COSName.FIRST_CHAR, 0);
        font.setInt(COSName.LAST_CHAR, 255);
        font.setItem(COSName.WIDTHS, widths);
      }
      var differences = new COSDictionary();
      differences.setItem(COSName.TYPE, COSName.ENCODING);
      if (drawn) {
        differences.setItem(COSName.BASE_ENCODING, COSName.WIN_ANSI_ENCODING);
      }
      differences.setItem(COSName.DIFFERENCES, names);
      font.setItem(COSName.ENCODING, differences);
      font.setItem(COSName.FONT_DESC, descriptor(name, drawn));
    } catch (IOException e) {
      throw new UncheckedIOException("the standard fonts are not there", e);
    }
  }

  private COSDictionary descriptor(String name, boolean drawn) throws IOException {
    var symbols = "Symbol".equals(name) || "ZapfDingbats".equals(name);
    var descriptor = new COSDictionary();
    descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
    descriptor.setName(COSName.FONT_NAME, name);
    descriptor.setInt(
        COSName.FLAGS,
        (symbols ? SYMBOLIC : NON_SYMBOLIC) | (name.startsWith("Courier") ? FIXED_PITCH : 0));
    descriptor.setItem(COSName.FONT_BBOX, new PDRectangle(-200, -250, 1300, 1200).getCOSArray());
    descriptor.setInt(COSName.ITALIC_ANGLE, name.matches(".*(Oblique|Italic)") ? -12 : 0);
    descriptor.setInt(COSName.ASCENT, 718);
    descriptor.setInt(COSName.DESCENT, -207);
    descriptor.setInt(COSName.CAP_HEIGHT, 718);
    descriptor.setInt(COSName.STEM_V, name.contains("Bold") ? 120 : 80);
    descriptor.setItem(drawn ? COSName.FONT_FILE2 : COSName.FONT_FILE3, program(name, drawn));
    return descriptor;
  }

  private COSStream program(String name, boolean drawn) throws IOException {
    var known = programs.get(name);
    if (known != null) {
      return known;
    }
    var file = FILES.getOrDefault(name, "") + (drawn ? ".ttf" : ".pfb");
    try (var in = StandardFonts.class.getResourceAsStream("fonts/" + file)) {
      if (in == null) {
        throw new IOException("no resource fonts/" + file);
      }
      var bytes = in.readAllBytes();
      var stream = document.getDocument().createCOSStream();
      try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
        out.write(bytes);
      }
      if (drawn) {
        stream.setInt(COSName.LENGTH1, bytes.length);
      } else {
        stream.setName(COSName.SUBTYPE, "Type1C");
      }
      programs.put(name, stream);
      return stream;
    }
  }

  private static Map<String, Float> metrics(String name) throws IOException {
    try (var in =
        PDDocument.class.getResourceAsStream("/org/apache/pdfbox/resources/afm/" + name + ".afm")) {
      if (in == null) {
        throw new IOException("no metrics of " + name);
      }
      return new AFMParser(in)
          .parse(true).getCharMetrics().stream()
              .collect(Collectors.toMap(CharMetric::getName, CharMetric::getWx, (one, _) -> one));
    }
  }

  private static Encoding encoding(COSDictionary font, String name) {
    Encoding own =
        switch (name) {
          case "Symbol" -> SymbolEncoding.INSTANCE;
          case "ZapfDingbats" -> ZapfDingbatsEncoding.INSTANCE;
          default -> StandardEncoding.INSTANCE;
        };
    return switch (Cos.get(font, "Encoding")) {
      case COSName named when Encoding.getInstance(named) != null -> Encoding.getInstance(named);
      case COSDictionary differences ->
          new DictionaryEncoding(differences, own instanceof StandardEncoding, own);
      case null, default -> own;
    };
  }
}

package jp.musubi.seal.appearance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.util.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * What a page shows, and how to add to it in the page's own coordinates, whatever the content left
 * behind: graphics states that were saved too often or restored too often (ISO 32000-2, 8.4.2).
 *
 * @param missing how many states are restored that were never saved
 * @param open how many are saved and never restored, those {@code missing} counted in
 */
record PageContent(PDPage page, int missing, int open) {
  static PageContent of(PDPage page) throws IOException {
    var depth = 0;
    var lowest = 0;
    var parser = new PDFStreamParser(page);
    for (var token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
      if (token instanceof Operator operator) {
        switch (operator.getName()) {
          case "q" -> depth++;
          case "Q" -> depth--;
          default -> {}
        }
        lowest = Math.min(lowest, depth);
      }
    }
    return new PageContent(page, -lowest, depth - lowest);
  }

  /** Draws a form over all that is there. */
  void append(PDDocument document, String name, COSStream form, Matrix matrix) throws IOException {
    var dictionary = page.getCOSObject();
    var resources = copy(page.getResources() == null ? null : page.getResources().getCOSObject());
    var forms = copy(Cos.dictionary(resources, "XObject"));
    forms.setItem(COSName.getPDFName(name), form);
    resources.setItem(COSName.XOBJECT, forms);
    dictionary.setItem(COSName.RESOURCES, resources);

    var contents = new COSArray();
    contents.add(stream(document, repeated("q", 1 + missing)));
    for (var part : parts()) {
      contents.add(part);
    }
    var tagged = document.getDocumentCatalog().getStructureTreeRoot() != null;
    contents.add(
        stream(
            document,
            "\n%s%s q %s cm /%s Do Q %s\n"
                .formatted(
                    repeated("Q", 1 + open),
                    tagged ? "/Artifact BMC" : "",
                    numbers(matrix),
                    name,
                    tagged ? "EMC" : "")));
    dictionary.setItem(COSName.CONTENTS, contents);
  }

  private List<COSBase> parts() {
    var parts = new ArrayList<COSBase>();
    var item = page.getCOSObject().getItem(COSName.CONTENTS);
    if (Cos.direct(item) instanceof COSArray several) {
      several.forEach(parts::add);
    } else if (Cos.direct(item) instanceof COSStream) {
      parts.add(item);
    }
    return parts;
  }

  private static String numbers(Matrix matrix) {
    return IntStream.range(0, 3)
        .mapToObj(row ->
            Canvas.number(matrix.getValue(row, 0)) + " " + Canvas.number(matrix.getValue(row, 1)))
        .collect(Collectors.joining(" "));
  }

  private static String repeated(String operator, int times) {
    return (operator + "\n").repeat(times);
  }

  private static COSDictionary copy(@Nullable COSDictionary of) {
    var copy = new COSDictionary();
    if (of != null) {
      of.entrySet().forEach(entry -> copy.setItem(entry.getKey(), entry.getValue()));
    }
    return copy;
  }

  private static COSStream stream(PDDocument document, String content) throws IOException {
    var stream = document.getDocument().createCOSStream();
    try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
      out.write(content.getBytes(US_ASCII));
    }
    return stream;
  }
}

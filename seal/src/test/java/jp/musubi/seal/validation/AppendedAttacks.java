package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static jp.musubi.seal.validation.Attack.invalid;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.musubi.seal.Judges;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** What is put behind a sealed file: ISA, EAA, SSA, parser confusion, loops and bombs. */
final class AppendedAttacks {
  private static final String CHANGED = "changed-after-signing";
  private static final String MALFORMED = "signature-malformed";

  private AppendedAttacks() {}

  /** What is written behind a sealed file. */
  private interface Update {
    byte[] of(Appending appending, Specimen.Parts parts) throws IOException;
  }

  /** What is done to a loaded document before it is saved. */
  private interface Edit {
    void of(PDDocument document) throws IOException;
  }

  static List<Attack> all() {
    return Stream.of(isa(), references(), eaa(), ssa(), confusion(), storeAndPermissions(), tools())
        .flatMap(List::stream)
        .toList();
  }

  private static Attack appended(String family, String name, Update update) {
    return appended(family, name, CHANGED, update);
  }

  private static Attack appended(String family, String name, String reason, Update update) {
    return invalid(
        family,
        name,
        reason,
        specimen ->
            update.of(Appending.to(specimen.archived()), Specimen.parts(specimen.archived())));
  }

  private static List<Attack> isa() {
    return List.of(
        appended("ISA", "a comment", (a, p) -> a.raw("% a remark\n").bytes()),
        appended("ISA", "blank lines", (a, p) -> a.raw("\n\n   \n").bytes()),
        appended(
            "ISA",
            "objects without table and trailer",
            (a, p) -> a.object(p.contents(), stream("0 0 9 9 re f")).bytes()),
        appended(
            "ISA",
            "objects and a trailer without table",
            (a, p) ->
                a.object(p.contents(), stream("0 0 9 9 re f"))
                    .trailer(a.root(), "/Prev " + a.previous(), a.previous())),
        appended(
            "ISA",
            "page content replaced",
            (a, p) -> a.object(p.contents(), stream("0 0 999 999 re f")).done()),
        appended(
            "ISA",
            "page content replaced, with a copy of the signature",
            (a, p) ->
                a.object(p.contents(), stream("0 0 999 999 re f"))
                    .object(a.next(), a.body(p.seal()))
                    .done()),
        appended(
            "ISA",
            "page content replaced, signature field led to a copy",
            (a, p) ->
                a.object(p.contents(), stream("0 0 999 999 re f"))
                    .object(a.next(), a.body(p.seal()))
                    .changed(p.fields().getFirst(), p.seal() + " 0 R", a.next() + " 0 R")
                    .done()),
        appended("ISA", "a page's size changed", (a, p) -> a.with(p.page(), "/UserUnit 2").done()),
        appended(
            "ISA",
            "a page taken out of the tree",
            (a, p) -> a.changed(p.pages(), "/Count 2", "/Count 1").done()),
        appended(
            "ISA",
            "page tree swapped",
            (a, p) ->
                a.object(a.next(), "<< /Type /Pages /Kids [] /Count 0 >>")
                    .changed(p.catalog(), p.pages() + " 0 R", a.next() + " 0 R")
                    .done()),
        appended(
            "ISA",
            "catalog swapped",
            (a, p) ->
                a.object(a.next(), a.body(p.catalog()))
                    .done(a.next() + " 0 R", "/Prev " + a.previous())),
        appended(
            "ISA",
            "document information added",
            (a, p) ->
                a.object(a.next(), "<< /Title (another) >>")
                    .done(a.root(), "/Info %d 0 R /Prev %d".formatted(a.next(), a.previous()))),
        appended("ISA", "a script at opening", (a, p) -> a.with(p.catalog(), script()).done()),
        appended(
            "ISA",
            "metadata added",
            (a, p) ->
                a.object(a.next(), stream("<x/>"))
                    .with(p.catalog(), "/Metadata %d 0 R".formatted(a.next()))
                    .done()),
        appended(
            "ISA",
            "optional content added",
            (a, p) -> a.with(p.catalog(), "/OCProperties << /OCGs [] /D << >> >>").done()),
        appended(
            "ISA",
            "an object that hangs on nothing",
            (a, p) -> a.object(a.next(), "(nothing)").done()),
        appended("ISA", "another font", (a, p) -> a.changed(p.font(), "/Type0", "/Type3").done()));
  }

  private static List<Attack> references() {
    return List.of(
        appended(
            "shadow",
            "page content led to another object by the table alone",
            (a, p) -> a.entry(p.contents(), a.offset(p.font())).done()),
        appended("ISA", "the signature's object given free", (a, p) -> free(a, p.seal())),
        appended(
            "ISA",
            "the newest revision skipped by /Prev",
            MALFORMED,
            (a, p) -> a.object(a.next() + 1, "null").done(a.root(), "/Prev " + firstTable(a))),
        appended(
            "ISA",
            "no /Prev: all before forgotten",
            "broken",
            (a, p) -> a.object(p.catalog(), "<< /Type /Catalog >>").done(a.root(), "")),
        appended(
            "loop",
            "a table that leads to itself",
            "broken",
            (a, p) -> {
              a.object(p.contents(), stream("0 0 9 9 re f"));
              return a.done(a.root(), "/Prev " + a.length());
            }),
        appended(
            "parser confusion",
            "hybrid table",
            "broken",
            (a, p) ->
                a.object(a.next(), "null")
                    .done(a.root(), "/Prev %d /XRefStm %d".formatted(a.previous(), a.previous()))),
        appended(
            "parser confusion",
            "a cross-reference stream behind tables",
            AppendedAttacks::withReferenceStream),
        appended(
            "parser confusion",
            "an object of another generation",
            (a, p) -> a.object(p.contents(), 1, stream("0 0 9 9 re f")).done()),
        appended(
            "parser confusion",
            "an object twice in one update",
            (a, p) ->
                a.object(p.contents(), stream("0 0 9 9 re f"))
                    .object(p.contents(), a.body(p.contents()))
                    .done()),
        appended(
            "parser confusion",
            "an object between table and trailer",
            "broken",
            (a, p) -> {
              var here = a.object(a.next(), "null").length();
              return a.raw("xref\n0 1\n0000000000 65535 f\r\n")
                  .object(p.contents(), stream("0 0 9 9 re f"))
                  .trailer(a.root(), "/Prev " + a.previous(), here);
            }),
        appended(
            "parser confusion",
            "startxref leads to an older table",
            (a, p) -> {
              a.object(p.contents(), stream("0 0 9 9 re f")).raw("xref\n0 0\n");
              return a.trailer(a.root(), "/Prev " + a.previous(), a.previous());
            }),
        appended(
            "parser confusion",
            "a second end of file",
            (a, p) -> a.raw("startxref\n%d\n%%%%EOF\n".formatted(a.previous())).bytes()),
        appended(
            "parser confusion",
            "a trailer with /Encrypt",
            "broken",
            (a, p) ->
                a.object(a.next(), "<< /Filter /Standard /V 1 /R 2 >>")
                    .done(a.root(), "/Encrypt %d 0 R /Prev %d".formatted(a.next(), a.previous()))));
  }

  private static List<Attack> eaa() {
    return List.of(
        annotation("free text over the amount", "/Subtype /FreeText /Contents (10) " + WIDE),
        annotation("a stamp", "/Subtype /Stamp " + WIDE),
        annotation("a highlight", "/Subtype /Highlight /QuadPoints [0 0 9 0 0 9 9 9] " + WIDE),
        annotation("a hidden note", "/Subtype /Text /F 2 " + WIDE),
        annotation("a link elsewhere", "/Subtype /Link /A << /S /URI /URI (http://x) >> " + WIDE),
        annotation("a redaction", "/Subtype /Redact " + WIDE),
        annotation("a file", "/Subtype /FileAttachment " + WIDE),
        appended(
            "EAA",
            "an annotation taken away",
            (a, p) -> a.changed(p.page(), p.fields().getLast() + " 0 R", "").done()));
  }

  private static final String WIDE = "/Rect [0 0 500 500]";

  private static Attack annotation(String name, String entries) {
    return appended(
        "EAA",
        name,
        (a, p) ->
            a.object(a.next(), "<< /Type /Annot %s /P %d 0 R >>".formatted(entries, p.page()))
                .changed(p.page(), last(p), last(p) + " " + a.next() + " 0 R")
                .done());
  }

  private static List<Attack> ssa() {
    return List.of(
        field("an empty field that covers text", CHANGED, "/FT /Sig /T (x) " + WIDE, ""),
        field(
            "a filled field that covers text",
            CHANGED,
            "/FT /Sig /T (x) /V << /Type /Sig >> " + WIDE,
            ""),
        field("a text field", CHANGED, "/FT /Tx /T (x) /V (10) " + WIDE, ""),
        field(
            "a timestamp field that covers text",
            CHANGED,
            "/FT /Sig /T (x) /V %d 0 R " + WIDE,
            DTS),
        field(
            "a timestamp field with a script",
            CHANGED,
            "/FT /Sig /T (x) /V %d 0 R /Rect [0 0 0 0] /AA << /E << /S /JavaScript /JS (x) >> >>",
            DTS),
        field(
            "a timestamp field with an appearance",
            CHANGED,
            "/FT /Sig /T (x) /V %d 0 R /Rect [0 0 0 0] /AP << /N 25 0 R >>",
            DTS),
        appended(
            "SSA",
            "an appearance for a seal that was made",
            (a, p) ->
                a.object(a.next(), stream("0 0 9 9 re f"))
                    .with(p.fields().getFirst(), "/AP << /N %d 0 R >>".formatted(a.next()))
                    .done()),
        appended(
            "SSA",
            "a prepared field changed",
            (a, p) -> a.with(p.fields().get(3), "/MK << >> /H /P").done()),
        appended(
            "SSA",
            "a prepared field filled with text",
            (a, p) -> a.with(p.fields().get(3), "/V (signed)").done()),
        appended(
            "SSA",
            "a field renamed",
            (a, p) -> a.changed(p.fields().getFirst(), "(musubi-1)", "(musubi-9)").done()),
        appended(
            "SSA",
            "a field emptied",
            (a, p) -> a.changed(p.fields().getFirst(), "/V %d 0 R".formatted(p.seal()), "").done()),
        appended(
            "SSA",
            "one signature in two fields",
            MALFORMED,
            (a, p) -> a.with(p.fields().get(3), "/V %d 0 R".formatted(p.seal())).done()));
  }

  private static String last(Specimen.Parts parts) {
    return parts.fields().getLast() + " 0 R";
  }

  private static final String DTS =
      "<< /Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /ByteRange [0 9 99 9] /Contents <00> >>";

  private static Attack field(String name, String reason, String entries, String value) {
    return appended(
        "SSA",
        name,
        reason,
        (a, p) -> {
          var widget = a.next();
          var form = number(a.body(p.catalog()), "/AcroForm (\\d+)");
          a.object(
                  widget,
                  "<< /Type /Annot /Subtype /Widget /P %d 0 R %s >>"
                      .formatted(p.page(), entries.formatted(widget + 1)))
              .changed(p.page(), last(p), last(p) + " %d 0 R".formatted(widget))
              .changed(form, last(p), last(p) + " %d 0 R".formatted(widget));
          return value.isEmpty() ? a.done() : a.object(widget + 1, value).done();
        });
  }

  private static List<Attack> confusion() {
    return List.of(
        appended(
            "parser confusion",
            "a key twice in the catalog",
            (a, p) -> a.with(p.catalog(), "/DSS << >>").done()),
        appended(
            "parser confusion",
            "a key twice under two spellings",
            (a, p) -> a.with(p.catalog(), "/D#53S << >>").done()),
        appended(
            "parser confusion",
            "a stream longer than it says",
            (a, p) ->
                a.object(a.next(), "<< /Length 3 >>\nstream\n0 0 9 9 re f\nendstream").done()),
        appended(
            "parser confusion",
            "a stream whose length is elsewhere",
            (a, p) ->
                a.object(a.next(), "<< /Length 9 0 R >>\nstream\n0 0 9 9 re f\nendstream").done()),
        appended(
            "bomb",
            "arrays in arrays in arrays",
            (a, p) -> a.object(a.next(), "[".repeat(100_000) + "]".repeat(100_000)).done()),
        appended(
            "bomb",
            "a table of millions of entries",
            (a, p) -> {
              var here = a.length();
              return a.raw("xref\n0 9999999\n0000000000 65535 f\r\n")
                  .trailer(a.root(), "/Prev " + a.previous(), here);
            }),
        appended(
            "loop",
            "a page tree in a circle",
            (a, p) ->
                a.changed(p.pages(), "/Kids [", "/Kids [%d 0 R ".formatted(p.pages())).done()),
        appended(
            "loop",
            "a field that is its own child",
            (a, p) ->
                a.with(p.fields().get(3), "/Kids [%d 0 R]".formatted(p.fields().get(3))).done()),
        invalid("polyglot", "a ZIP archive behind", CHANGED, s -> join(s.archived(), zip())),
        invalid(
            "polyglot",
            "a web page behind",
            CHANGED,
            s -> join(s.archived(), "<html><script>x()</script></html>".getBytes(ISO_8859_1))));
  }

  private static List<Attack> storeAndPermissions() {
    return List.of(
        appended(
            "DSS",
            "validation data removed",
            (a, p) -> a.changed(p.catalog(), "/DSS " + store(a, p) + " 0 R", "").done()),
        appended(
            "DSS",
            "validation data emptied",
            (a, p) -> a.object(store(a, p), "<< /Type /DSS >>").done()),
        appended(
            "DSS", "something else in the store", (a, p) -> a.with(store(a, p), "/JS (x)").done()),
        appended(
            "DSS",
            "a page among the certificates",
            (a, p) ->
                a.changed(store(a, p), "/OCSPs", "/VRI << /X %d 0 R >> /OCSPs".formatted(p.page()))
                    .done()),
        appended(
            "permissions",
            "/Perms removed",
            (a, p) -> a.changed(p.catalog(), "/DocMDP %d 0 R".formatted(p.seal()), "").done()),
        appended(
            "permissions",
            "/Perms led to another signature",
            (a, p) ->
                a.changed(
                        p.catalog(),
                        "/DocMDP %d 0 R".formatted(p.seal()),
                        "/DocMDP %d 0 R".formatted(p.seal() + 1))
                    .done()),
        appended(
            "permissions",
            "usage rights added",
            (a, p) ->
                a.changed(
                        p.catalog(),
                        "/DocMDP %d 0 R".formatted(p.seal()),
                        "/DocMDP %1$d 0 R /UR3 %1$d 0 R".formatted(p.seal()))
                    .done()),
        appended(
            "spoofing",
            "another name in the signature",
            MALFORMED,
            (a, p) -> a.changed(p.seal(), "/Name <FEFF", "/Name <FEFF0041").done()),
        appended(
            "spoofing",
            "another reason in the signature",
            MALFORMED,
            (a, p) -> a.changed(p.seal(), "/Reason <FEFF", "/Reason <FEFF0041").done()));
  }

  private static List<Attack> tools() {
    return List.of(
        edited(
            "a page added",
            CHANGED,
            document -> {
              document.addPage(new PDPage());
              document.getPages().getCOSObject().setNeedToBeUpdated(true);
              document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            }),
        edited(
            "page content drawn over",
            CHANGED,
            document -> {
              var page = document.getPage(0);
              try (var content = new PDPageContentStream(document, page)) {
                content.addRect(0, 0, 200, 200);
                content.fill();
              }
              page.getCOSObject().setNeedToBeUpdated(true);
            }),
        edited(
            "the form removed",
            MALFORMED,
            document -> {
              var catalog = document.getDocumentCatalog().getCOSObject();
              catalog.removeItem(COSName.ACRO_FORM);
              catalog.setNeedToBeUpdated(true);
            }),
        invalid(
            "tool",
            "saved anew by PDFBox",
            MALFORMED,
            s -> {
              var out = new ByteArrayOutputStream();
              try (var document = Loader.loadPDF(s.archived())) {
                document.save(out);
              }
              return out.toByteArray();
            }),
        invalid(
            "tool",
            "rewritten by qpdf",
            MALFORMED,
            s -> {
              var from = Files.write(s.folder().resolve("qpdf-in.pdf"), s.archived());
              var to = s.folder().resolve("qpdf-out.pdf");
              Judges.installed("qpdf", from.toString(), to.toString());
              return Files.readAllBytes(to);
            }));
  }

  private static Attack edited(String name, String reason, Edit edit) {
    return invalid(
        "tool",
        name + " by PDFBox",
        reason,
        specimen -> {
          var out = new ByteArrayOutputStream();
          try (var document = Loader.loadPDF(specimen.archived())) {
            edit.of(document);
            document.saveIncremental(out);
          }
          return out.toByteArray();
        });
  }

  private static byte[] withReferenceStream(Appending a, Specimen.Parts parts) {
    var number = a.next();
    var here = a.length();
    var row = "%02x%08x%02x".formatted(1, here, 0);
    return a.raw(
            ("%d 0 obj\n<< /Type /XRef /W [1 4 1] /Index [%d 1] /Size %d /Root %s /Prev %d"
                    + " /Filter /ASCIIHexDecode /Length %d >>\nstream\n%s>\nendstream\nendobj\n")
                .formatted(
                    number, number, number + 1, a.root(), a.previous(), row.length() + 1, row))
        .raw("startxref\n%d\n%%%%EOF\n".formatted(here))
        .bytes();
  }

  private static byte[] free(Appending a, int number) {
    var here = a.length();
    return a.raw("xref\n%d 1\n%010d %05d f\r\n".formatted(number, 0, 1))
        .trailer(a.root(), "/Prev " + a.previous(), here);
  }

  private static int firstTable(Appending a) {
    return new String(a.bytes(), ISO_8859_1).indexOf("\nxref\n") + 1;
  }

  private static int store(Appending a, Specimen.Parts parts) {
    return number(a.body(parts.catalog()), "/DSS (\\d+)");
  }

  private static int number(String text, String pattern) {
    var found = java.util.regex.Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("no " + pattern + " in " + text);
    }
    return Integer.parseInt(found.group(1));
  }

  private static String script() {
    return "/OpenAction << /S /JavaScript /JS (x) >>";
  }

  static String stream(String content) {
    return "<< /Length %d >>\nstream\n%s\nendstream".formatted(content.length(), content);
  }

  static byte[] join(byte[] one, byte[] other) {
    var joined = new ByteArrayOutputStream();
    joined.writeBytes(one);
    joined.writeBytes(other);
    return joined.toByteArray();
  }

  static byte[] zip() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("contract.txt"));
      zip.write("another contract".getBytes(ISO_8859_1));
    }
    return out.toByteArray();
  }
}

package jp.musubi.seal.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.seal.Corpus;
import jp.musubi.seal.inspection.BadPdfs;
import org.opentest4j.TestAbortedException;

/** Whole PDFs to start from: our own, and those of the public corpora where they are there. */
final class Seeds {
  private static final long LARGEST = 60_000;

  private Seeds() {}

  static List<byte[]> all() throws IOException {
    var seeds = new ArrayList<byte[]>();
    seeds.add(BadPdfs.page("", "").bytes());
    seeds.add(BadPdfs.text("BT /F1 12 Tf 72 700 Td (Keiyakusho) Tj ET").bytes());
    seeds.add(form());
    for (var name : List.of("pdfjs", "verapdf", "pyhanko")) {
      for (var file : corpus(name)) {
        if (Files.size(file) > 0 && Files.size(file) <= LARGEST) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return List.copyOf(seeds);
  }

  private static List<Path> corpus(String name) throws IOException {
    try {
      return Corpus.slice(name, 3);
    } catch (TestAbortedException absent) {
      System.out.println(absent.getMessage());
      return List.of();
    }
  }

  private static byte[] form() {
    return BadPdfs.page(
            "/AcroForm << /Fields [5 0 R] >> /Outlines << /First << /Title (x) /Dest [3 0 R /Fit]"
                + " >> >> /PageLabels << /Nums [0 << /S /r >>] >>",
            "/Annots [5 0 R 6 0 R]")
        .object(
            5,
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [200 200 300 260] /F 4"
                + " /AP << /N 7 0 R >> >>")
        .object(
            6,
            "<< /Type /Annot /Subtype /Link /Rect [10 10 90 30] /F 4"
                + " /A << /S /URI /URI (https://a.example) >> >>")
        .stream(
            7,
            "/Type /XObject /Subtype /Form /BBox [0 0 10 10] /Resources << >>",
            "1 0 0 rg 0 0 5 10 re f".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
        .bytes();
  }
}

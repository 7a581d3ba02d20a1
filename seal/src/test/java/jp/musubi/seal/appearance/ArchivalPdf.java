package jp.musubi.seal.appearance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;

/** A contract of one page that is a PDF/A, with or without an output intent. */
final class ArchivalPdf {
  private ArchivalPdf() {}

  /** {@code flavour} as 2b or 1b. */
  static void write(Path target, String flavour, boolean intent) throws IOException {
    try (var document = new PDDocument()) {
      document.setVersion(flavour.startsWith("1") ? 1.4f : 1.7f);
      var page = new PDPage(PDRectangle.A4);
      document.addPage(page);
      var lettering = new Lettering(document, Imprints.NOTO);
      var canvas =
          new Canvas()
              .text(lettering, 14, 60, 740, Ink.of(0x1A1A1C), "業務委託契約書　髙﨑 𠮷" + Imprints.VARIANT);
      var content = document.getDocument().createCOSStream();
      canvas.writeTo(content);
      page.getCOSObject().setItem(COSName.CONTENTS, content);
      page.getCOSObject().setItem(COSName.RESOURCES, canvas.resources());
      lettering.finish(flavour.startsWith("1"));
      claim(document, flavour);
      if (intent) {
        var srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        var output = new PDOutputIntent(document, new ByteArrayInputStream(srgb));
        output.setOutputConditionIdentifier("sRGB");
        document.getDocumentCatalog().addOutputIntent(output);
      }
      document.setDocumentId(1L);
      document.save(target.toFile(), CompressParameters.NO_COMPRESSION);
    }
  }

  private static void claim(PDDocument document, String flavour) throws IOException {
    var packet =
        """
        <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
         xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
         xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>%s</pdfaid:part>
         <pdfaid:conformance>%s</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta>
        <?xpacket end="r"?>\
        """
            .formatted(
                flavour.substring(0, 1), flavour.substring(1).toUpperCase(java.util.Locale.ROOT));
    var metadata = new PDMetadata(document);
    try (var out = metadata.getCOSObject().createOutputStream()) {
      out.write(packet.getBytes(UTF_8));
    }
    metadata.getCOSObject().setItem(COSName.TYPE, COSName.METADATA);
    metadata.getCOSObject().setItem(COSName.SUBTYPE, COSName.getPDFName("XML"));
    document.getDocumentCatalog().setMetadata(metadata);
  }
}

package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Carries over the title and the claim of being PDF/A or PDF/UA, and nothing else: no author, no
 * program, no history (ASVS 14.2.8). The packet is written anew and never parsed as XML.
 */
final class DocumentMetadata {
  private static final int LONGEST_PACKET = 1_000_000;

  private DocumentMetadata() {}

  static void carryOver(PDDocument from, PDDocument to) throws IOException {
    var title = Optional.ofNullable(from.getDocumentInformation().getTitle()).map(String::strip);
    if (title.isPresent() && !title.get().isEmpty()) {
      to.getDocumentInformation().setTitle(title.get());
    }
    var packet = packet(Cos.get(from.getDocumentCatalog().getCOSObject(), "Metadata"));
    var claims = new StringBuilder();
    claim(packet, "pdfaid", "part", claims);
    claim(packet, "pdfaid", "conformance", claims);
    claim(packet, "pdfaid", "rev", claims);
    claim(packet, "pdfuaid", "part", claims);
    if (claims.isEmpty()) {
      return;
    }
    var metadata = new PDMetadata(to);
    try (var out = metadata.getCOSObject().createOutputStream()) {
      out.write(written(claims.toString(), title.orElse("")).getBytes(UTF_8));
    }
    metadata.getCOSObject().setItem(COSName.TYPE, COSName.METADATA);
    metadata.getCOSObject().setItem(COSName.SUBTYPE, COSName.getPDFName("XML"));
    to.getDocumentCatalog().setMetadata(metadata);
  }

  private static String packet(org.apache.pdfbox.cos.@Nullable COSBase metadata)
      throws IOException {
    if (!(metadata instanceof COSStream stream)) {
      return "";
    }
    try (var in = stream.createInputStream()) {
      return new String(in.readNBytes(LONGEST_PACKET), UTF_8);
    }
  }

  private static void claim(String packet, String space, String name, StringBuilder claims) {
    var found =
        Pattern.compile(space + ":" + name + "\\s*(?:=\\s*[\"']|>)\\s*([0-9A-Za-z]{1,4})")
            .matcher(packet);
    if (found.find()) {
      claims.append("<%1$s:%2$s>%3$s</%1$s:%2$s>".formatted(space, name, found.group(1)));
    }
  }

  private static String written(String claims, String title) {
    var text = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    var dublinCore =
        title.isEmpty()
            ? ""
            : "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>"
                .formatted(text);
    return """
    <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
     xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
     xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
     xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">%s%s</rdf:Description></rdf:RDF></x:xmpmeta>
    <?xpacket end="r"?>\
    """
        .formatted(claims, dublinCore);
  }
}

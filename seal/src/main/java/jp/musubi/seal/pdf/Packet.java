package jp.musubi.seal.pdf;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDMetadata;

/** A document's metadata (ISO 16684-1): what it claims to be, its title, and nothing of history. */
public final class Packet {
  /**
   * A PDF/A explains what it says beyond the schemas that ISO 19005 knows (ISO 19005-2, 6.6.2.3);
   * that of PDF/UA is none of them.
   */
  private static final String EXPLAINED =
      """
      <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
       <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
       <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
       <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
       <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>part</pdfaProperty:name>
        <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
        <pdfaProperty:category>internal</pdfaProperty:category>
        <pdfaProperty:description>part of ISO 14289</pdfaProperty:description>
       </rdf:li></rdf:Seq></pdfaSchema:property>
      </rdf:li></rdf:Bag></pdfaExtension:schemas>\
      """;

  private Packet() {}

  /**
   * Replaces the document's metadata.
   *
   * @param claims such as pdfaid:part and 2, in order
   * @param title empty for none
   * @param author empty for none
   */
  public static void write(
      PDDocument document, Map<String, String> claims, String title, String author)
      throws IOException {
    var metadata = new PDMetadata(document);
    try (var out = metadata.getCOSObject().createOutputStream()) {
      out.write(packet(claims, title, author).getBytes(UTF_8));
    }
    metadata.getCOSObject().setItem(COSName.TYPE, COSName.METADATA);
    metadata.getCOSObject().setItem(COSName.SUBTYPE, COSName.getPDFName("XML"));
    document.getDocumentCatalog().setMetadata(metadata);
  }

  private static String packet(Map<String, String> claims, String title, String author) {
    var stated =
        claims.entrySet().stream()
            .map(each -> "<%1$s>%2$s</%1$s>".formatted(each.getKey(), escaped(each.getValue())))
            .collect(Collectors.joining());
    var titled =
        title.isEmpty()
            ? ""
            : "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>"
                .formatted(escaped(title));
    var authored =
        author.isEmpty()
            ? ""
            : "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>"
                .formatted(escaped(author));
    var explained =
        claims.containsKey("pdfaid:part") && claims.containsKey("pdfuaid:part") ? EXPLAINED : "";
    return """
    <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
     xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
     xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
     xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
     xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
     xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
     xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
     xmlns:dc="http://purl.org/dc/elements/1.1/">%s%s%s%s</rdf:Description></rdf:RDF></x:xmpmeta>
    <?xpacket end="r"?>\
    """
        .formatted(stated, titled, authored, explained);
  }

  /** What XML 1.0 has no place for is left out. */
  private static String escaped(String text) {
    return text.replaceAll(
            "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}

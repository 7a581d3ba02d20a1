package jp.musubi.seal.inspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.Packet;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
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
    var claims = new LinkedHashMap<String, String>();
    claim(packet, "pdfaid", "part", claims);
    claim(packet, "pdfaid", "conformance", claims);
    claim(packet, "pdfaid", "rev", claims);
    claim(packet, "pdfuaid", "part", claims);
    if (!claims.isEmpty()) {
      Packet.write(to, claims, title.orElse(""), "");
    }
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

  private static void claim(String packet, String space, String name, Map<String, String> claims) {
    var found =
        Pattern.compile(space + ":" + name + "\\s*(?:=\\s*[\"']|>)\\s*([0-9A-Za-z]{1,4})")
            .matcher(packet);
    if (found.find()) {
      claims.put(space + ":" + name, found.group(1));
    }
  }
}

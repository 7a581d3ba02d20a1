package jp.musubi.seal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.musubi.seal.pdf.AppendablePdf;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.Revision;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;

/**
 * The document security store /DSS (ISO 32000-2, 12.8.4.3; ETSI EN 319 142-1, 5.4.2): what is in it
 * already stays and is referred to again; only what is not there yet is added.
 */
final class SecurityStore {
  private static final COSName DSS = COSName.getPDFName("DSS");

  /** The store's three lists. */
  enum Part {
    /** DER certificates. */
    CERTS("Certs"),
    /** DER OCSP responses. */
    OCSPS("OCSPs"),
    /** DER certificate revocation lists. */
    CRLS("CRLs");

    private final String key;

    Part(String key) {
      this.key = key;
    }
  }

  private final AppendablePdf base;
  private final COSDictionary before;
  private final Map<Part, Map<Sha256, byte[]>> present = new LinkedHashMap<>();
  private final Map<Part, Map<Sha256, byte[]>> added = new LinkedHashMap<>();

  SecurityStore(AppendablePdf base) throws IOException {
    this.base = base;
    var found = Cos.dictionary(base.catalog(), "DSS");
    before = found == null ? new COSDictionary() : found;
    for (var part : Part.values()) {
      var contents = new LinkedHashMap<Sha256, byte[]>();
      for (var each : Cos.dictionaries(Cos.array(before, part.key))) {
        if (each instanceof COSStream stream) {
          try (var in = stream.createInputStream()) {
            var der = in.readAllBytes();
            contents.put(Sha256.of(der), der);
          }
        }
      }
      present.put(part, contents);
      added.put(part, new LinkedHashMap<>());
    }
  }

  /** What the file has already. */
  List<byte[]> present(Part part) {
    return new ArrayList<>(of(present, part).values());
  }

  /** Adds what the file has not. */
  void add(Part part, byte[] der) {
    var name = Sha256.of(der);
    if (!of(present, part).containsKey(name)) {
      of(added, part).put(name, der);
    }
  }

  boolean hasNews() {
    return added.values().stream().anyMatch(part -> !part.isEmpty());
  }

  void write(Revision revision) throws IOException {
    var store = new COSDictionary(before);
    store.setItem(COSName.TYPE, DSS);
    for (var part : Part.values()) {
      var references = new COSArray();
      if (Cos.get(before, part.key) instanceof COSArray earlier) {
        earlier.forEach(references::add);
      }
      for (var der : of(added, part).values()) {
        var key = revision.newKey();
        revision.putStream(key, der);
        references.add(Revision.reference(key));
      }
      if (references.size() > 0) {
        store.setItem(COSName.getPDFName(part.key), references);
      }
    }
    if (base.catalog().getItem(DSS) instanceof COSObject reference
        && reference.getKey() != null
        && Cos.direct(reference) instanceof COSDictionary) {
      revision.put(reference.getKey(), store);
    } else {
      var key = revision.newKey();
      revision.put(key, store);
      var catalog = new COSDictionary(base.catalog());
      catalog.setItem(DSS, Revision.reference(key));
      revision.put(base.catalogKey(), catalog);
    }
  }

  private static Map<Sha256, byte[]> of(Map<Part, Map<Sha256, byte[]>> parts, Part part) {
    return java.util.Objects.requireNonNull(parts.get(part));
  }
}

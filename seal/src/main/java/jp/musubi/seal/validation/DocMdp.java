package jp.musubi.seal.validation;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.pdmodel.PDDocument;

/** What the first signature permits (ISO 32000-2, 12.8.2.2); P=3 is never ours. */
final class DocMdp {
  private DocMdp() {}

  static List<String> check(PDDocument document, List<SignatureScan.Found> inOrder) {
    var found = new ArrayList<String>();
    var permissions = Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "Perms");
    var certified = permissions == null ? null : Cos.dictionary(permissions, "DocMDP");
    for (var i = 0; i < inOrder.size(); i++) {
      var signature = inOrder.get(i);
      for (var reference : Cos.dictionaries(Cos.array(signature.dictionary(), "Reference"))) {
        if (!"DocMDP".equals(Cos.name(reference, "TransformMethod"))) {
          continue;
        }
        if (i > 0) {
          found.add("a later signature certifies");
        }
        if (certified == null || !signature.key().equals(certified.getKey())) {
          found.add("the catalog's /Perms does not name the certifying signature");
        }
        var parameters = Cos.dictionary(reference, "TransformParams");
        var permission = parameters == null ? 2 : Cos.number(parameters, "P", 2);
        if (permission == 1
            && inOrder.stream().skip(i + 1L).anyMatch(later -> !later.isTimestamp())) {
          found.add("a signature follows one that permits none");
        }
        if (permission != 1 && permission != 2) {
          found.add("the certification permits " + permission);
        }
      }
    }
    if (certified != null
        && inOrder.stream().noneMatch(each -> each.key().equals(certified.getKey()))) {
      found.add("the catalog's /Perms names no signature");
    }
    return found;
  }
}

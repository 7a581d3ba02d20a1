package jp.musubi.seal.appearance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Puts a signature field's widget into the structure of a tagged document, so that a screen reader
 * comes by it (ISO 32000-2, 14.7.5.3; ISO 14289-1, 7.18). An untagged document stays untagged.
 */
public final class WidgetTag {
  private WidgetTag() {}

  /** Tags the widget, which stands on {@code page} already. */
  public static void add(PDDocument document, COSDictionary page, COSDictionary widget) {
    var root = Cos.dictionary(document.getDocumentCatalog().getCOSObject(), "StructTreeRoot");
    if (root == null) {
      return;
    }
    var parent = Cos.dictionaries(kids(root)).stream().findFirst().orElse(root);
    var reference = new COSDictionary();
    reference.setItem(COSName.TYPE, COSName.getPDFName("OBJR"));
    reference.setItem(COSName.OBJ, widget);
    reference.setItem(COSName.PG, page);
    reference.setDirect(true);
    var element = new COSDictionary();
    element.setItem(COSName.TYPE, COSName.getPDFName("StructElem"));
    element.setItem(COSName.S, COSName.getPDFName("Form"));
    element.setItem(COSName.P, parent);
    element.setItem(COSName.PG, page);
    element.setItem(COSName.K, reference);
    // Of the field's spoken name, which is ours whatever the document's language is.
    element.setString(COSName.LANG, "ja-JP");
    var kids = kids(parent);
    kids.add(element);
    parent.setItem(COSName.K, kids);
    widget.setInt(COSName.STRUCT_PARENT, enter(document, root, element));
    page.setItem(COSName.getPDFName("Tabs"), COSName.S);
  }

  private static COSArray kids(COSDictionary of) {
    if (Cos.get(of, "K") instanceof COSArray several) {
      return several;
    }
    var kids = new COSArray();
    var one = of.getItem(COSName.K);
    if (one != null) {
      kids.add(one);
    }
    return kids;
  }

  /** Appends to the parent tree, a number tree (ISO 32000-2, 7.9.7), under its next number. */
  private static int enter(PDDocument document, COSDictionary root, COSDictionary element) {
    var tree = Cos.dictionary(root, "ParentTree");
    if (tree == null) {
      tree = new COSDictionary();
      tree.setItem(COSName.NUMS, new COSArray());
      root.setItem(COSName.PARENT_TREE, tree);
    }
    var next = (int) Math.max(Cos.number(root, "ParentTreeNextKey", 0), afterAll(document, tree));
    root.setInt(COSName.PARENT_TREE_NEXT_KEY, next + 1);
    var pair = new COSArray();
    pair.add(COSInteger.get(next));
    pair.add(element);
    var leaves = Cos.array(tree, "Kids");
    var numbers = Cos.array(tree, "Nums");
    if (leaves != null) {
      var limits = new COSArray();
      limits.add(COSInteger.get(next));
      limits.add(COSInteger.get(next));
      var leaf = new COSDictionary();
      leaf.setItem(COSName.LIMITS, limits);
      leaf.setItem(COSName.NUMS, pair);
      leaves.add(leaf);
    } else if (numbers != null) {
      numbers.addAll(pair);
    } else {
      tree.setItem(COSName.NUMS, pair);
    }
    return next;
  }

  private static long afterAll(PDDocument document, COSDictionary tree) {
    var next = 0L;
    for (var page : document.getPages()) {
      next = Math.max(next, Cos.number(page.getCOSObject(), "StructParents", -1) + 1);
    }
    var seen = Collections.<COSDictionary>newSetFromMap(new IdentityHashMap<>());
    var todo = new ArrayList<>(java.util.List.of(tree));
    while (!todo.isEmpty()) {
      var node = todo.removeLast();
      if (!seen.add(node)) {
        continue;
      }
      todo.addAll(Cos.dictionaries(Cos.array(node, "Kids")));
      var numbers = Cos.array(node, "Nums");
      for (var i = 0; numbers != null && i < numbers.size(); i += 2) {
        if (Cos.direct(numbers.get(i)) instanceof COSInteger number) {
          next = Math.max(next, number.longValue() + 1);
        }
      }
    }
    return next;
  }
}

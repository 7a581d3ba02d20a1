package jp.musubi.evidence;

import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;

/**
 * What stands on the pages, in reading order, for screen readers: the structure tree, and the
 * parent tree by which a reader comes from a mark on a page back to it (ISO 32000-2, 14.7).
 */
final class PageStructure {
  private static final COSName STRUCTURE_ELEMENT = COSName.getPDFName("StructElem");

  private final COSDictionary tree = new COSDictionary();
  private final COSDictionary root = new COSDictionary();
  private final COSArray elements = new COSArray();
  private final Deque<COSDictionary> open = new ArrayDeque<>();
  private final COSArray parents = new COSArray();
  private COSArray onPage = new COSArray();
  private COSDictionary page = new COSDictionary();

  PageStructure(PDDocument document) {
    var numbers = new COSDictionary();
    numbers.setItem(COSName.NUMS, parents);
    tree.setItem(COSName.TYPE, COSName.getPDFName("StructTreeRoot"));
    tree.setItem(COSName.K, root);
    tree.setItem(COSName.PARENT_TREE, numbers);
    root.setItem(COSName.TYPE, STRUCTURE_ELEMENT);
    root.setItem(COSName.S, COSName.DOCUMENT);
    root.setItem(COSName.P, tree);
    root.setItem(COSName.K, elements);
    var mark = new PDMarkInfo();
    mark.setMarked(true);
    var catalog = document.getDocumentCatalog();
    catalog.setMarkInfo(mark);
    catalog.getCOSObject().setItem(COSName.STRUCT_TREE_ROOT, tree);
  }

  /** From here on, marks stand on this page. */
  void turn(PDPage next) {
    var number = parents.size() / 2;
    page = next.getCOSObject();
    page.setItem(COSName.getPDFName("Tabs"), COSName.S);
    page.setInt(COSName.STRUCT_PARENTS, number);
    onPage = new COSArray();
    parents.add(COSInteger.get(number));
    parents.add(onPage);
    tree.setInt(COSName.PARENT_TREE_NEXT_KEY, number + 1);
  }

  /** Adds a heading or paragraph; gives the number that marks its content on the page. */
  int add(String type) {
    return mark(element(type));
  }

  /** Adds a picture, and what is said of it to those who do not see it. */
  int addFigure(String said) {
    var figure = element("Figure");
    figure.setItem(COSName.ALT, new COSString(said));
    return mark(figure);
  }

  /** Adds the heading of a column or of a row (ISO 32000-2, 14.8.5.7). */
  int addHeading(Scope scope) {
    var attributes = new COSDictionary();
    attributes.setItem(COSName.O, COSName.getPDFName("Table"));
    attributes.setItem(COSName.getPDFName("Scope"), COSName.getPDFName(scope.name));
    var element = element("TH");
    element.setItem(COSName.A, attributes);
    return mark(element);
  }

  /** What a heading of a table stands over. */
  enum Scope {
    COLUMN("Column"),
    ROW("Row");

    private final String name;

    Scope(String name) {
      this.name = name;
    }
  }

  /** Begins what the following is part of, which may go over pages: a table, a row of it. */
  void open(String type) {
    var element = element(type);
    element.setItem(COSName.K, new COSArray());
    open.push(element);
  }

  /** Ends what was begun last. */
  void close() {
    open.pop();
  }

  private COSDictionary element(String type) {
    var parent = open.isEmpty() ? root : open.peek();
    var element = new COSDictionary();
    element.setItem(COSName.TYPE, STRUCTURE_ELEMENT);
    element.setItem(COSName.S, COSName.getPDFName(type));
    element.setItem(COSName.P, parent);
    (open.isEmpty() ? elements : parent.getCOSArray(COSName.K)).add(element);
    return element;
  }

  private int mark(COSDictionary element) {
    var mark = onPage.size();
    element.setItem(COSName.PG, page);
    element.setInt(COSName.K, mark);
    onPage.add(element);
    return mark;
  }
}

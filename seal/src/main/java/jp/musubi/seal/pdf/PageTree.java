package jp.musubi.seal.pdf;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.jspecify.annotations.Nullable;

/** The pages in reading order, found without recursion and without trust in /Count. */
public final class PageTree {
  private static final List<String> INHERITABLE =
      List.of("Resources", "MediaBox", "CropBox", "Rotate");

  private static final int DEEPEST = 64;

  /** A page with what it inherits. */
  public record Page(COSDictionary dictionary, List<COSDictionary> ancestors) {
    /** The page's own value under the key, else its nearest ancestor's. */
    public @Nullable COSBase inherited(String key) {
      var own = dictionary.getItem(COSName.getPDFName(key));
      if (Cos.direct(own) != null) {
        return own;
      }
      for (var ancestor : ancestors.reversed()) {
        var value = ancestor.getItem(COSName.getPDFName(key));
        if (Cos.direct(value) != null) {
          return value;
        }
      }
      return null;
    }

    /**
     * Whether whoever climbs by /Parent finds what stands above the page in the tree. Where the two
     * ways part, one reader shows another page than the next (ISO 32000-2, 7.7.3.4).
     */
    public boolean inheritsByParent() {
      return INHERITABLE.stream()
          .allMatch(key -> Objects.equals(climbed(key), Cos.direct(inherited(key))));
    }

    private @Nullable COSBase climbed(String key) {
      var hops = 0;
      for (var at = dictionary; at != null && hops <= DEEPEST; at = above(at)) {
        var value = Cos.get(at, key);
        if (value != null) {
          return value;
        }
        hops++;
      }
      return null;
    }

    /** Some readers inherit from nothing but a /Pages. */
    private static @Nullable COSDictionary above(COSDictionary node) {
      var parent = Cos.dictionary(node, "Parent");
      return parent != null && "Pages".equals(Cos.name(parent, "Type")) ? parent : null;
    }
  }

  /**
   * What the tree holds.
   *
   * @param pages in order
   * @param looped whether a node is its own descendant or stands in the tree twice
   * @param counted what the root's /Count says
   */
  public record Pages(List<Page> pages, boolean looped, long counted) {}

  private record Step(COSDictionary node, List<COSDictionary> ancestors) {}

  private PageTree() {}

  /** The keys that a page may take from its ancestors (ISO 32000-2, table 31). */
  public static List<String> inheritable() {
    return INHERITABLE;
  }

  /** Stops one page after {@code most}, so that no tree costs more than it may. */
  public static Pages of(COSDictionary catalog, int most) {
    var root = Cos.dictionary(catalog, "Pages");
    var pages = new ArrayList<Page>();
    if (root == null || Cos.array(root, "Kids") == null) {
      return new Pages(pages, false, 0);
    }
    var seen = Collections.<COSDictionary>newSetFromMap(new IdentityHashMap<>());
    var looped = false;
    var todo = new ArrayDeque<Step>();
    todo.push(new Step(root, List.of()));
    while (!todo.isEmpty() && pages.size() <= most && !looped) {
      var step = todo.pop();
      if (!seen.add(step.node())) {
        looped = true;
        continue;
      }
      var kids = Cos.array(step.node(), "Kids");
      if (kids == null) {
        pages.add(new Page(step.node(), step.ancestors()));
        continue;
      }
      if (step.ancestors().size() > DEEPEST) {
        looped = true;
        continue;
      }
      var line = new ArrayList<>(step.ancestors());
      line.add(step.node());
      var path = List.copyOf(line);
      for (var kid : Cos.dictionaries(kids).reversed()) {
        todo.push(new Step(kid, path));
      }
    }
    return new Pages(List.copyOf(pages), looped, Cos.number(root, "Count", -1));
  }
}

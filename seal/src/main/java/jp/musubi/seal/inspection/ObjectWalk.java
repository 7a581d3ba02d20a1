package jp.musubi.seal.inspection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import jp.musubi.seal.pdf.Cos;
import jp.musubi.seal.pdf.PageTree;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/** Visits every object that the document reaches, once, without recursion and within a budget. */
final class ObjectWalk {
  private final InspectionLimits limits;
  private final Findings findings;
  private final IdentityHashMap<COSDictionary, Integer> pageNumbers;
  private final DictionaryRules rules;
  private final StreamRules streams;
  private final Set<COSBase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Step> todo = new ArrayDeque<>();
  private final List<FontTables.Font> fonts = new ArrayList<>();
  private int objects;

  /** An object and how it was reached. */
  private record Step(COSBase base, OptionalInt page, Optional<String> object, int depth) {}

  ObjectWalk(
      InspectionLimits limits,
      Findings findings,
      IdentityHashMap<COSDictionary, Integer> pageNumbers) {
    this.limits = limits;
    this.findings = findings;
    this.pageNumbers = pageNumbers;
    this.rules = new DictionaryRules(findings);
    this.streams = new StreamRules(limits, findings);
  }

  /** Pages first, so that what they share is told of the first page that shows it. */
  void run(PDDocument document, List<PageTree.Page> pages) {
    for (var page : pages) {
      var number = pageNumbers.get(page.dictionary());
      if (number == null) {
        continue;
      }
      push(page.dictionary(), OptionalInt.of(number), Optional.empty(), 0);
      if (!drain()) {
        return;
      }
    }
    push(document.getDocument().getTrailer(), OptionalInt.empty(), Optional.empty(), 0);
    drain();
  }

  /** What was met that has the tables of a font. */
  List<FontTables.Font> fonts() {
    return List.copyOf(fonts);
  }

  private boolean drain() {
    while (!todo.isEmpty()) {
      var step = todo.pop();
      if (++objects > limits.maxObjects()) {
        findings.reject("PDF-P15", "too-many-objects", "more than " + limits.maxObjects());
        return false;
      }
      if (step.depth() > limits.maxNesting()) {
        findings.reject("PDF-P15", "too-deep", "nested deeper than " + limits.maxNesting());
        return false;
      }
      var place = new Findings.Place(step.page(), step.object());
      switch (step.base()) {
        case COSStream stream -> {
          rules.check(stream, place);
          if (!streams.check(stream, place)) {
            return false;
          }
          children(stream, step);
        }
        case COSDictionary dictionary -> {
          rules.check(dictionary, place);
          if (FontTables.Font.is(dictionary)) {
            fonts.add(new FontTables.Font(dictionary, place));
          }
          children(dictionary, step);
        }
        case COSArray array -> {
          for (var each : array) {
            push(each, step.page(), step.object(), step.depth() + 1);
          }
        }
        default -> {}
      }
    }
    return true;
  }

  private void children(COSDictionary dictionary, Step step) {
    var isPage = pageNumbers.containsKey(dictionary);
    for (var entry : dictionary.entrySet()) {
      if (!(isPage && "Parent".equals(entry.getKey().getName()))) {
        push(entry.getValue(), step.page(), step.object(), step.depth() + 1);
      }
    }
  }

  private void push(@Nullable COSBase value, OptionalInt page, Optional<String> object, int depth) {
    var target = Cos.direct(value);
    if (!(target instanceof COSDictionary || target instanceof COSArray)) {
      return;
    }
    if (target instanceof COSDictionary dictionary) {
      var own = pageNumbers.get(dictionary);
      if (own != null && !(page.isPresent() && page.getAsInt() == own) && page.isPresent()) {
        return;
      }
    }
    if (!seen.add(target)) {
      return;
    }
    if (value instanceof COSObject reference) {
      todo.push(new Step(target, page, PageRules.object(reference), 0));
    } else {
      todo.push(new Step(target, page, object, depth));
    }
  }
}

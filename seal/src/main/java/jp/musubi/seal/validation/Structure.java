package jp.musubi.seal.validation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * How a file is built: what its signatures cover, and what was done to it between and after them.
 * Each revision is parsed once and compared with the one before it.
 */
final class Structure {
  /** A signature whose range is sound. */
  record Placed(SignatureScan.Found found, SignedRange range) {}

  private final Content content;
  private final PDDocument document;
  private final Judgement judgement = new Judgement();
  private final Evidence evidence = new Evidence();
  private final List<Placed> placed = new ArrayList<>();
  private final LinkedHashSet<String> modifications = new LinkedHashSet<>();
  private final boolean claimed;

  /** Looks at the whole file. */
  Structure(Content content, PDDocument document) throws IOException {
    this.content = content;
    this.document = document;
    var scan = new SignatureScan(document);
    place(scan);
    var links = revisions();
    scan.malformed(links).forEach(r -> judgement.failed(r.what(), r.subIndication(), r.detail()));
    var claims = Validator.claims(content);
    this.claimed = !claims.isEmpty() || !scan.found().isEmpty() || !judgement.passed();
    if (claims.size() > scan.found().size() && claims.stream().anyMatch(this::isHidden)) {
      judgement.failed(
          "signature-malformed", "FORMAT_FAILURE", "the bytes hold signatures the form does not");
    }
    if (claimed && !content.holds("%PDF-", 0)) {
      judgement.failed("broken", "FORMAT_FAILURE", "the file does not begin as a PDF does");
    }
    if (judgement.passed()) {
      modifications.addAll(DocMdp.check(document, placed.stream().map(Placed::found).toList()));
    }
    if (!modifications.isEmpty()) {
      judgement.failed("changed-after-signing", "FORMAT_FAILURE", modifications.getFirst());
    }
  }

  /** What speaks against the file as a whole. */
  Judgement judgement() {
    return judgement;
  }

  /** Sound signatures and timestamps in the order in which they were made. */
  List<Placed> placed() {
    return List.copyOf(placed);
  }

  /** Whether anything in the file claims to be a signature. */
  boolean isClaimed() {
    return claimed;
  }

  Evidence evidence() {
    return evidence;
  }

  List<String> modifications() {
    return List.copyOf(modifications);
  }

  private boolean isHidden(int claim) {
    return placed.stream()
        .map(each -> each.range().object())
        .noneMatch(span -> span.from() <= claim && claim < span.to());
  }

  private void place(SignatureScan scan) {
    var all = new ArrayList<Placed>();
    for (var found : scan.found()) {
      var offset = document.getDocument().getXrefTable().get(found.key());
      try {
        var range = SignedRange.of(found, content, offset == null ? -1 : offset);
        if (!range.coversRevision(content)) {
          judgement.failed(
              "signature-malformed", "FORMAT_FAILURE", "a signature ends within a revision");
        }
        all.add(new Placed(found, range));
      } catch (SignedRange.Malformed malformed) {
        judgement.failed(
            "signature-malformed", "FORMAT_FAILURE", String.valueOf(malformed.getMessage()));
      }
    }
    all.sort(Comparator.comparingInt(p -> p.range().end()));
    for (var each : all) {
      if (!placed.isEmpty() && each.range().firstEnd() < placed.getLast().range().end()) {
        judgement.failed("signature-malformed", "FORMAT_FAILURE", "two signed ranges collide");
      } else {
        placed.add(each);
      }
    }
  }

  /** Compares every revision with the one before it; answers what they all name. */
  private Links revisions() throws IOException {
    var ends = new ArrayList<>(placed.stream().map(each -> each.range().end()).toList());
    if (ends.isEmpty() || ends.getLast() < content.length()) {
      ends.add(content.length());
    }
    var before = open(ends.getFirst());
    try {
      var links = Links.of(before);
      evidence.add(before, ends.getFirst());
      for (var i = 1; i < ends.size(); i++) {
        var after = open(ends.get(i));
        try {
          compare(before, after, ends.get(i - 1), ends.get(i), links);
          evidence.add(after, ends.get(i));
        } finally {
          close(before);
        }
        before = after;
      }
      return links;
    } finally {
      close(before);
    }
  }

  private void compare(PDDocument before, PDDocument after, int from, int to, Links links) {
    try {
      modifications.addAll(Updates.check(content, from, to, before, after));
      modifications.addAll(Changes.between(before, after, links));
    } catch (RuntimeException unreadable) {
      judgement.failed("broken", "FORMAT_FAILURE", String.valueOf(unreadable.getMessage()));
    }
  }

  private PDDocument open(int end) throws IOException {
    return end == content.length() ? document : Validator.parse(content, end);
  }

  /** The whole file's document belongs to whoever opened it. */
  private void close(PDDocument revision) throws IOException {
    if (!revision.equals(document)) {
      revision.close();
    }
  }
}

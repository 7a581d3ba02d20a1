package jp.musubi.seal.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static jp.musubi.seal.pdf.CosText.ascii;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import jp.musubi.seal.Sha256;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;

/**
 * 骨組み. A document that was written once, and some of whose streams are put in anew for each copy: a
 * copy costs what is new in it, and no parsing. Each copy is one revision with one cross-reference
 * table (ISO 32000-2, 7.5), and the same streams give the same bytes.
 */
public final class Skeleton {
  private static final COSName FONT_DESCRIPTOR = COSName.getPDFName("FontDescriptor");

  private final byte[] constant;
  private final SortedMap<Long, CrossReferences.Entry> entries;
  private final long free;
  private final COSObjectKey root;
  private final Optional<COSObjectKey> info;

  private Skeleton(
      byte[] constant,
      SortedMap<Long, CrossReferences.Entry> entries,
      long free,
      COSObjectKey root,
      Optional<COSObjectKey> info) {
    this.constant = constant;
    this.entries = entries;
    this.free = free;
    this.root = root;
    this.info = info;
  }

  /**
   * Of a file that PDFBox wrote in full, without compressed objects.
   *
   * @param open numbers of the streams that each copy has of its own
   * @throws IOException when it is no such file
   */
  public static Skeleton of(byte[] saved, java.util.Set<Long> open) throws IOException {
    var text = new String(saved, ISO_8859_1);
    var table = start(text);
    var offsets = offsets(text, table);
    var out = new ByteArrayOutputStream(saved.length);
    var entries = new TreeMap<Long, CrossReferences.Entry>();
    out.write(saved, 0, offsets.firstKey().intValue());
    var before = 0L;
    for (var at : offsets.entrySet()) {
      if (!open.contains(at.getValue())) {
        var after = offsets.tailMap(at.getKey() + 1);
        var end = after.isEmpty() ? (int) table : after.firstKey().intValue();
        entries.put(at.getValue(), new CrossReferences.Entry(0, out.size()));
        out.writeBytes(Arrays.copyOfRange(saved, at.getKey().intValue(), end));
      }
      before = Math.max(before, at.getValue());
    }
    try (var document = Loader.loadPDF(saved)) {
      var trailer = document.getDocument().getTrailer();
      return new Skeleton(
          out.toByteArray(),
          entries,
          before + 1,
          key(trailer, COSName.ROOT).orElseThrow(() -> new IOException("the trailer has no root")),
          key(trailer, COSName.INFO));
    }
  }

  /** A copy with these streams under the numbers that were left open, and all they refer to. */
  public byte[] with(SortedMap<Long, COSStream> streams) throws IOException {
    return new Copy().write(streams);
  }

  private final class Copy {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(constant.length + 65_536);
    private final TreeMap<Long, CrossReferences.Entry> written = new TreeMap<>(entries);
    private final IdentityHashMap<COSBase, COSObjectKey> keys = new IdentityHashMap<>();
    private final Deque<COSDictionary> todo = new ArrayDeque<>();
    private long next = free;

    byte[] write(SortedMap<Long, COSStream> streams) throws IOException {
      out.writeBytes(constant);
      for (var stream : streams.entrySet()) {
        keys.put(stream.getValue(), new COSObjectKey(stream.getKey(), 0));
        todo.add(stream.getValue());
      }
      while (!todo.isEmpty()) {
        object(todo.removeFirst());
      }
      var identifier = new COSString(Arrays.copyOf(Sha256.of(out.toByteArray()).bytes(), 16));
      var identifiers = new COSArray();
      identifiers.add(identifier);
      identifiers.add(identifier);
      var trailer = new COSDictionary();
      trailer.setItem(COSName.SIZE, COSInteger.get(next));
      trailer.setItem(COSName.ROOT, Revision.reference(root));
      info.ifPresent(key -> trailer.setItem(COSName.INFO, Revision.reference(key)));
      trailer.setItem(COSName.ID, identifiers);
      var start = out.size();
      table(trailer);
      ascii("startxref\n" + start + "\n%%EOF\n", out);
      return out.toByteArray();
    }

    /** One section from 0 on (ISO 32000-2, 7.5.4); numbers that nothing stands under are free. */
    private void table(COSDictionary trailer) throws IOException {
      ascii("xref\n0 " + next + "\n", out);
      for (var number = 0L; number < next; number++) {
        var entry = written.get(number);
        ascii(
            entry == null
                ? "0000000000 65535 f \n"
                : "%010d %05d n \n".formatted(entry.offset(), entry.generation()),
            out);
      }
      ascii("trailer\n", out);
      CosText.write(trailer, out);
      out.write('\n');
    }

    private void object(COSDictionary object) throws IOException {
      var key = java.util.Objects.requireNonNull(keys.get(object));
      written.put(key.getNumber(), new CrossReferences.Entry(0, out.size()));
      ascii(key.getNumber() + " 0 obj\n", out);
      if (object instanceof COSStream stream) {
        var plain = referring(stream);
        byte[] data;
        try (var in = stream.createRawInputStream()) {
          data = in.readAllBytes();
        }
        plain.setInt(COSName.LENGTH, data.length);
        CosText.write(plain, out);
        ascii("stream\n", out);
        out.writeBytes(data);
        ascii("\nendstream", out);
      } else {
        CosText.write(referring(object), out);
      }
      ascii("\nendobj\n", out);
    }

    /** The same dictionary, with references where objects of their own stand. */
    private COSDictionary referring(COSDictionary of) {
      var copy = new COSDictionary();
      of.entrySet().forEach(entry -> copy.setItem(entry.getKey(), referred(entry.getValue())));
      return copy;
    }

    private COSBase referred(COSBase value) {
      return switch (value) {
        case COSStream stream -> reference(stream);
        case COSDictionary dictionary
            when COSName.FONT.equals(dictionary.getCOSName(COSName.TYPE))
                || FONT_DESCRIPTOR.equals(dictionary.getCOSName(COSName.TYPE)) ->
            reference(dictionary);
        case COSDictionary dictionary -> referring(dictionary);
        case COSArray array -> {
          var copy = new COSArray();
          array.forEach(each -> copy.add(referred(each)));
          yield copy;
        }
        default -> value;
      };
    }

    private COSObject reference(COSDictionary object) {
      return Revision.reference(
          keys.computeIfAbsent(
              object,
              _ -> {
                todo.add(object);
                return new COSObjectKey(next++, 0);
              }));
    }
  }

  private static long start(String text) throws IOException {
    var at = text.lastIndexOf("startxref");
    if (at < 0) {
      throw new IOException("no startxref");
    }
    return Long.parseLong(text.substring(at + "startxref".length()).strip().split("\\s", 2)[0]);
  }

  /** Where objects stand, in the order in which they stand, with their numbers. */
  private static NavigableMap<Long, Long> offsets(String text, long table) throws IOException {
    var lines = text.substring((int) table).lines().iterator();
    if (!lines.next().strip().equals("xref")) {
      throw new IOException("no cross-reference table at " + table);
    }
    var offsets = new TreeMap<Long, Long>();
    for (var head = lines.next().strip();
        !head.startsWith("trailer");
        head = lines.next().strip()) {
      var section = head.split(" ", -1);
      var first = Long.parseLong(section[0]);
      for (var i = 0L; i < Long.parseLong(section[1]); i++) {
        var entry = lines.next().strip().split(" ", -1);
        if (entry[2].equals("n")) {
          offsets.put(Long.parseLong(entry[0]), first + i);
        }
      }
    }
    return offsets;
  }

  private static Optional<COSObjectKey> key(COSDictionary trailer, COSName name) {
    return trailer.getItem(name) instanceof COSObject reference
        ? Optional.ofNullable(reference.getKey())
        : Optional.empty();
  }
}

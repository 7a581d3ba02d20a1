package jp.musubi.seal.pdf;

import static jp.musubi.seal.pdf.CosText.ascii;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSString;
import org.jspecify.annotations.Nullable;

/**
 * An incremental update (ISO 32000-2, 7.5.6) in the making: only what is new or changed, a
 * cross-reference section of the kind the file has, and the trailer. Its offsets are final from the
 * start, so nothing is written twice.
 */
public final class Revision {
  /** Wide enough for any offset that ten digits can say (ISO 32000-2, 7.5.4). */
  private static final String RANGE = "/ByteRange [0 0000000000 0000000000 0000000000]";

  private static final int RANGE_DIGITS = 10;

  /** A certificate is mostly random: what deflating it saves is less than what it costs. */
  private static final int WORTH_DEFLATING = 2_048;

  private final AppendablePdf base;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1_024);
  private final TreeMap<Long, Entry> entries = new TreeMap<>();
  private long free;
  private long start;
  private @Nullable Room room;
  private @Nullable COSDictionary catalog;

  private record Entry(int generation, long offset) {}

  /** Where a signature's range and value stand, from the beginning of the update. */
  private record Room(int range, int from, int to) {}

  /** An update of {@code base} without anything in it yet. */
  public Revision(AppendablePdf base) {
    this.base = base;
    this.free = base.firstFreeNumber();
    if (!base.endsItsLine()) {
      out.write('\n');
    }
  }

  /** An object number of the update's own. */
  public COSObjectKey newKey() {
    return new COSObjectKey(free++, 0);
  }

  /** A reference to an object, as other objects hold it. */
  public static COSObject reference(COSObjectKey key) {
    return new COSObject(COSNull.NULL, key);
  }

  /** Writes a new or changed object. */
  public void put(COSObjectKey key, COSBase object) throws IOException {
    if (key.equals(base.catalogKey()) && object instanceof COSDictionary changed) {
      catalog = changed;
    }
    begin(key);
    CosText.write(object, out);
    ascii("\nendobj\n", out);
  }

  /** Writes a stream with nothing but data in it, deflated where that makes it smaller. */
  public void putStream(COSObjectKey key, byte[] data) {
    begin(key);
    var small = data.length < WORTH_DEFLATING ? data : deflated(data);
    if (small.length + "/Filter/FlateDecode".length() < data.length) {
      ascii("<</Filter/FlateDecode/Length " + small.length + ">>stream\n", out);
      out.writeBytes(small);
    } else {
      ascii("<</Length " + data.length + ">>stream\n", out);
      out.writeBytes(data);
    }
    ascii("\nendstream\nendobj\n", out);
  }

  /**
   * Writes a signature dictionary and leaves room for its value (ISO 32000-2, 12.8.1). An update
   * holds one.
   *
   * @param bytes how large the value may be
   */
  public void putSignature(COSObjectKey key, COSDictionary entriesBefore, int bytes)
      throws IOException {
    if (room != null) {
      throw new IllegalStateException("an update holds one signature");
    }
    begin(key);
    ascii("<<", out);
    CosText.entries(entriesBefore, out);
    var range = out.size();
    ascii(RANGE, out);
    ascii("/Contents ", out);
    var from = out.size();
    ascii("<" + "0".repeat(2 * bytes) + ">", out);
    room = new Room(range, from, out.size());
    ascii(">>\nendobj\n", out);
  }

  /**
   * Closes the update.
   *
   * @param identifier 16 bytes that no other state of the file has: the second of /ID
   */
  public Appendix finish(byte[] identifier) throws IOException {
    var stream = base.hasXrefStream();
    var xrefKey = stream ? newKey() : null;
    start = base.length() + out.size();
    var trailer = trailer(identifier);
    if (xrefKey == null) {
      table(trailer);
    } else {
      stream(xrefKey, trailer);
    }
    ascii("startxref\n" + start + "\n%%EOF\n", out);
    var bytes = out.toByteArray();
    if (room == null) {
      return Appendix.plain(bytes);
    }
    var gapStart = base.length() + room.from();
    var gapEnd = base.length() + room.to();
    range(bytes, room.range(), gapStart, gapEnd, base.length() + bytes.length - gapEnd);
    return Appendix.withRoom(bytes, room.from(), room.to());
  }

  /**
   * The document as it stands with this finished update, without parsing it again: its catalog, its
   * end and its free numbers. Other objects that the update wrote are not seen; for who only adds
   * to objects that it did not touch. The document it was made on is this one's from now on.
   */
  public AppendablePdf applied(int bytes) {
    return base.advanced(catalog == null ? base.catalog() : catalog, bytes, start, free);
  }

  private void begin(COSObjectKey key) {
    var entry = new Entry(key.getGeneration(), base.length() + out.size());
    if (entries.put(key.getNumber(), entry) != null) {
      throw new IllegalStateException("object %d is written twice".formatted(key.getNumber()));
    }
    ascii(key.getNumber() + " " + key.getGeneration() + " obj\n", out);
  }

  private COSDictionary trailer(byte[] identifier) {
    var before = base.trailer();
    var trailer = new COSDictionary();
    trailer.setItem(COSName.SIZE, COSInteger.get(free));
    trailer.setItem(COSName.ROOT, reference(base.catalogKey()));
    if (before.getItem(COSName.INFO) instanceof COSObject info && info.getKey() != null) {
      trailer.setItem(COSName.INFO, reference(info.getKey()));
    }
    var second = new COSString(identifier);
    var first =
        before.getDictionaryObject(COSName.ID) instanceof COSArray ids
                && ids.size() == 2
                && ids.getObject(0) instanceof COSString earlier
            ? new COSString(earlier.getBytes())
            : second;
    var ids = new COSArray();
    ids.add(first);
    ids.add(second);
    trailer.setItem(COSName.ID, ids);
    trailer.setItem(COSName.PREV, COSInteger.get(base.startXref()));
    return trailer;
  }

  private void table(COSDictionary trailer) throws IOException {
    ascii("xref\n", out);
    for (var section : sections().entrySet()) {
      ascii(section.getKey() + " " + section.getValue() + "\n", out);
      for (var number = section.getKey();
          number < section.getKey() + section.getValue();
          number++) {
        var entry = entry(number);
        ascii(padded(entry.offset(), 10) + " " + padded(entry.generation(), 5) + " n \n", out);
      }
    }
    ascii("trailer\n", out);
    CosText.write(trailer, out);
    out.write('\n');
  }

  private static String padded(long number, int digits) {
    var text = Long.toString(number);
    return "0".repeat(digits - text.length()) + text;
  }

  /** ISO 32000-2, 7.5.8: the stream lists itself. */
  private void stream(COSObjectKey key, COSDictionary trailer) throws IOException {
    begin(key);
    var rows = new ByteArrayOutputStream();
    var index = new COSArray();
    for (var section : sections().entrySet()) {
      index.add(COSInteger.get(section.getKey()));
      index.add(COSInteger.get(section.getValue()));
    }
    for (var entry : entries.values()) {
      rows.write(1);
      for (var shift = 32; shift >= 0; shift -= 8) {
        rows.write((int) (entry.offset() >>> shift));
      }
      rows.write(entry.generation() >>> 8);
      rows.write(entry.generation());
    }
    var widths = new COSArray();
    widths.add(COSInteger.get(1));
    widths.add(COSInteger.get(5));
    widths.add(COSInteger.get(2));
    trailer.setItem(COSName.TYPE, COSName.XREF);
    trailer.setItem(COSName.INDEX, index);
    trailer.setItem(COSName.W, widths);
    trailer.setItem(COSName.LENGTH, COSInteger.get(rows.size()));
    CosText.write(trailer, out);
    ascii("stream\n", out);
    out.writeBytes(rows.toByteArray());
    ascii("\nendstream\nendobj\n", out);
  }

  /** First number and count of every unbroken run. */
  private Map<Long, Long> sections() {
    var runs = new TreeMap<Long, Long>();
    for (var number : entries.keySet()) {
      var last = runs.lastEntry();
      if (last != null && last.getKey() + last.getValue() == number) {
        runs.put(last.getKey(), last.getValue() + 1);
      } else {
        runs.put(number, 1L);
      }
    }
    return runs;
  }

  private Entry entry(long number) {
    return java.util.Objects.requireNonNull(entries.get(number));
  }

  private static void range(byte[] bytes, int at, long... numbers) {
    var position = at + "/ByteRange [0 ".length();
    for (var number : numbers) {
      var digits = Long.toString(number);
      for (var i = 0; i < RANGE_DIGITS; i++) {
        bytes[position + i] = (byte) (i < digits.length() ? digits.charAt(i) : ' ');
      }
      position += RANGE_DIGITS + 1;
    }
  }

  private static byte[] deflated(byte[] data) {
    try (var deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(data);
      deflater.finish();
      var out = new byte[data.length + data.length / 1_000 + 64];
      return java.util.Arrays.copyOf(out, deflater.deflate(out));
    }
  }
}

package jp.musubi.seal.pdf;

import static jp.musubi.seal.pdf.CosText.ascii;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
  private final TreeMap<Long, CrossReferences.Entry> entries = new TreeMap<>();
  private final Map<COSObjectKey, COSBase> written = new LinkedHashMap<>();
  private long free;
  private long start;
  private @Nullable Room room;
  private @Nullable COSDictionary signature;

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
    return reference(key, COSNull.NULL);
  }

  /** A reference that leads to an object of the update, for who reads on without parsing. */
  public static COSObject reference(COSObjectKey key, COSBase object) {
    return new COSObject(object, key);
  }

  /** Writes a new or changed object. */
  public void put(COSObjectKey key, COSBase object) throws IOException {
    written.put(key, object);
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
    signature = entriesBefore;
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
      CrossReferences.table(entries, trailer, out);
    } else {
      begin(xrefKey);
      CrossReferences.stream(entries, trailer, out);
    }
    ascii("startxref\n" + start + "\n%%EOF\n", out);
    var bytes = out.toByteArray();
    if (room == null) {
      return Appendix.plain(bytes);
    }
    var appendix = Appendix.withRoom(bytes, room.from(), room.to());
    range(bytes, room.range(), gap(appendix));
    return Appendix.withRoom(bytes, room.from(), room.to());
  }

  /** Keeps the document open that it was made on, for {@link #applied}. */
  public Revision kept() {
    base.handOver();
    return this;
  }

  /**
   * The document as it stands with this finished update, without parsing it again; empty when it
   * has to be parsed. Streams that the update wrote are not seen, nor objects that nothing refers
   * to by {@link #reference(COSObjectKey, COSBase)}. The document it was made on is this one's from
   * now on.
   *
   * @param bytes how many were appended
   */
  public Optional<AppendablePdf> applied(int bytes) {
    for (var each : written.entrySet()) {
      if (!base.replaced(each.getKey(), each.getValue())) {
        return Optional.empty();
      }
    }
    return Optional.of(base.advanced(bytes, start, free));
  }

  /** As {@link #applied(int)}, with the signature's value in its room. */
  public Optional<AppendablePdf> applied(Appendix appendix, byte[] value) {
    var dictionary = java.util.Objects.requireNonNull(signature, "no signature was put");
    var range = new COSArray();
    for (var number : gap(appendix)) {
      range.add(COSInteger.get(number));
    }
    dictionary.setItem(COSName.BYTERANGE, range);
    dictionary.setItem(COSName.CONTENTS, new COSString(Arrays.copyOf(value, appendix.room())));
    return applied(appendix.length());
  }

  /** The signature's /ByteRange (ISO 32000-2, 12.8.1). */
  private long[] gap(Appendix appendix) {
    var behind = base.length() + appendix.to();
    return new long[] {
      0, base.length() + appendix.from(), behind, base.length() + appendix.length() - behind
    };
  }

  private void begin(COSObjectKey key) {
    var entry = new CrossReferences.Entry(key.getGeneration(), base.length() + out.size());
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

  private static void range(byte[] bytes, int at, long[] numbers) {
    var position = at + "/ByteRange [0 ".length();
    for (var number : Arrays.copyOfRange(numbers, 1, numbers.length)) {
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
      return Arrays.copyOf(out, deflater.deflate(out));
    }
  }
}

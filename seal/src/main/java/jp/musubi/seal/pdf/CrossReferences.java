package jp.musubi.seal.pdf;

import static jp.musubi.seal.pdf.CosText.ascii;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;

/** Where the objects of an update stand, as a table or as a stream (ISO 32000-2, 7.5.4, 7.5.8). */
final class CrossReferences {
  private CrossReferences() {}

  /** Of an object in use. */
  record Entry(int generation, long offset) {}

  static void table(
      SortedMap<Long, Entry> entries, COSDictionary trailer, ByteArrayOutputStream out)
      throws IOException {
    ascii("xref\n", out);
    for (var section : sections(entries).entrySet()) {
      var first = section.getKey();
      ascii(first + " " + section.getValue() + "\n", out);
      for (var entry : entries.subMap(first, first + section.getValue()).values()) {
        ascii(padded(entry.offset(), 10) + " " + padded(entry.generation(), 5) + " n \n", out);
      }
    }
    ascii("trailer\n", out);
    CosText.write(trailer, out);
    out.write('\n');
  }

  /** The stream's object has begun, and is listed in itself. */
  static void stream(
      SortedMap<Long, Entry> entries, COSDictionary trailer, ByteArrayOutputStream out)
      throws IOException {
    var rows = new ByteArrayOutputStream();
    var index = new COSArray();
    for (var section : sections(entries).entrySet()) {
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
  private static SortedMap<Long, Long> sections(SortedMap<Long, Entry> entries) {
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

  private static String padded(long number, int digits) {
    var text = Long.toString(number);
    return "0".repeat(digits - text.length()) + text;
  }
}

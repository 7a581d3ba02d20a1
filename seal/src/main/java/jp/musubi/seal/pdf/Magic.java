package jp.musubi.seal.pdf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Knows the marks of other file kinds, which make a PDF a polyglot (PDF-P01). */
public final class Magic {
  private static final List<byte[]> MARKS =
      List.of(
          new byte[] {'P', 'K', 3, 4},
          new byte[] {'P', 'K', 5, 6},
          new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff},
          new byte[] {(byte) 0x89, 'P', 'N', 'G'},
          new byte[] {'G', 'I', 'F', '8'},
          new byte[] {'R', 'a', 'r', '!'},
          new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf},
          new byte[] {0x7f, 'E', 'L', 'F'});

  private static final List<String> MARKUP =
      List.of("<html", "<!doctype", "<script", "<?php", "<svg");

  private Magic() {}

  /** Whether the bytes from {@code from} hold the mark of another kind of file. */
  public static boolean within(byte[] file, int from) {
    for (var i = from; i < file.length; i++) {
      for (var mark : MARKS) {
        if (startsWith(file, mark, i)) {
          return true;
        }
      }
    }
    return markup(file, from, Math.min(file.length, from + 65_536));
  }

  /** Whether what a browser would take for a page stands between the two. */
  public static boolean markup(byte[] file, int from, int to) {
    var text = new String(Arrays.copyOfRange(file, from, to), ISO_8859_1).toLowerCase(Locale.ROOT);
    return MARKUP.stream().anyMatch(text::contains);
  }

  /**
   * Whether an end record of ZIP stands in the tail with a comment that ends where the file does.
   */
  public static boolean endsAsZip(byte[] file) {
    for (var i = Math.max(0, file.length - 65_557); i <= file.length - 22; i++) {
      if (startsWith(file, MARKS.get(1), i)) {
        var comment = (file[i + 20] & 0xff) | ((file[i + 21] & 0xff) << 8);
        if (i + 22 + comment == file.length) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether {@code what} stands in the file at {@code at}. */
  public static boolean startsWith(byte[] file, byte[] what, int at) {
    return at >= 0
        && at + what.length <= file.length
        && Arrays.equals(file, at, at + what.length, what, 0, what.length);
  }
}

package jp.musubi.journeys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The last signature dictionary of a PDF, cut out by its /ByteRange alone: no PDF library of ours
 * has a say in what openssl gets to see.
 */
final class DocumentTimestamp {
  private static final Pattern BYTE_RANGE =
      Pattern.compile("/ByteRange\\s*\\[\\s*0\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s*]");

  private final byte[] token;
  private final byte[] covered;

  private DocumentTimestamp(byte[] token, byte[] covered) {
    this.token = token;
    this.covered = covered;
  }

  static DocumentTimestamp lastOf(Path pdf) throws IOException {
    var bytes = Files.readAllBytes(pdf);
    var matcher = BYTE_RANGE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    var before = -1;
    var after = -1;
    var length = -1;
    while (matcher.find()) {
      before = Integer.parseInt(matcher.group(1));
      after = Integer.parseInt(matcher.group(2));
      length = Integer.parseInt(matcher.group(3));
    }
    if (before < 0) {
      throw new IllegalStateException("no signature in " + pdf);
    }
    var hex = new String(bytes, before + 1, after - before - 2, StandardCharsets.ISO_8859_1);
    var covered = new ByteArrayOutputStream();
    covered.write(bytes, 0, before);
    covered.write(bytes, after, length);
    return new DocumentTimestamp(trimmed(HexFormat.of().parseHex(hex)), covered.toByteArray());
  }

  /** Without the zeros behind the DER: its own length says where it ends (X.690, 8.1.3). */
  private static byte[] trimmed(byte[] padded) {
    var lengthBytes = padded[1] & 0x7f;
    var length = 0;
    for (var i = 0; i < lengthBytes; i++) {
      length = length << 8 | (padded[2 + i] & 0xff);
    }
    return java.util.Arrays.copyOf(padded, 2 + lengthBytes + length);
  }

  byte[] token() {
    return token.clone();
  }

  byte[] covered() {
    return covered.clone();
  }
}

package jp.musubi.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Whole messages of HTTP/1.1 (RFC 9112), as bytes. */
final class HttpMessage {
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");
  private static final Pattern HOPS =
      Pattern.compile("(?im)^(connection|upgrade|http2-settings):[^\r\n]*\r\n");

  private HttpMessage() {}

  static byte[] request(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("no request");
      }
      head.write(next);
    }
    var text = head.toString(StandardCharsets.ISO_8859_1);
    var length = LENGTH.matcher(text);
    var body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(closing(text).getBytes(StandardCharsets.ISO_8859_1));
    whole.writeBytes(body);
    return whole.toByteArray();
  }

  /** The same message, the only one on its connection. */
  static String closing(String message) {
    var end = message.indexOf("\r\n\r\n") + 2;
    return HOPS.matcher(message.substring(0, end)).replaceAll("")
        + "Connection: close\r\n"
        + message.substring(end);
  }

  static int bodyLength(byte[] answer) {
    return answer.length - new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") - 4;
  }

  /** The right head, and a body of zeros. */
  static byte[] nonsense(byte[] answer) {
    var spoilt = answer.clone();
    Arrays.fill(spoilt, answer.length - bodyLength(answer), answer.length, (byte) 0);
    return spoilt;
  }
}

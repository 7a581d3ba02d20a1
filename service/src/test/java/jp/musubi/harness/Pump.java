package jp.musubi.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Bytes on their way from one side to the other. */
final class Pump {
  private Pump() {}

  /**
   * Carries bytes until one side is done.
   *
   * @param most then it is cut; -1 cuts instead of delivering the answer to what was handed over
   */
  static void carry(Socket from, Socket to, int most, ByteArrayOutputStream copy, Duration pause) {
    try {
      var buffer = new byte[8 * 1024];
      var carried = 0;
      for (int read; (read = from.getInputStream().read(buffer)) > 0; ) {
        copy.write(buffer, 0, read);
        var text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        if (most == -1 && (text.startsWith("stream: ") || text.startsWith("Clam") || taken(copy))) {
          return;
        }
        Thread.sleep(pause);
        var deliver = most < 0 ? read : Math.min(read, most - carried);
        to.getOutputStream().write(buffer, 0, deliver);
        to.getOutputStream().flush();
        carried += deliver;
        if (most >= 0 && carried >= most) {
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // The other side has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the mail server has said that it took the message: its answer after 354. */
  private static boolean taken(ByteArrayOutputStream answers) {
    var all = answers.toString(StandardCharsets.ISO_8859_1);
    var data = all.indexOf("\n354");
    return data >= 0 && all.indexOf("\n250", data) > data;
  }
}

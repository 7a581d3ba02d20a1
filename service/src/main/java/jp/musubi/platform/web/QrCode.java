package jp.musubi.platform.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.Map;

/**
 * 二次元コード (ISO/IEC 18004), drawn by the page itself: one path of an SVG, no picture to fetch.
 *
 * @param side length of a side in modules, the quiet zone of four included
 * @param path what the path's {@code d} says; a module is one unit
 */
public record QrCode(int side, String path) {
  private static final int QUIET_ZONE = 4;

  /**
   * Draws a text.
   *
   * @throws IllegalArgumentException if it is longer than a code holds
   */
  public static QrCode of(String text) {
    try {
      return of(
          new QRCodeWriter()
              .encode(
                  text,
                  BarcodeFormat.QR_CODE,
                  0,
                  0,
                  Map.of(
                      com.google.zxing.EncodeHintType.MARGIN,
                      QUIET_ZONE,
                      com.google.zxing.EncodeHintType.CHARACTER_SET,
                      "UTF-8")));
    } catch (WriterException e) {
      throw new IllegalArgumentException("%d characters".formatted(text.length()), e);
    }
  }

  private static QrCode of(BitMatrix modules) {
    var path = new StringBuilder();
    for (var y = 0; y < modules.getHeight(); y++) {
      for (var x = 0; x < modules.getWidth(); x++) {
        var from = x;
        while (x < modules.getWidth() && modules.get(x, y)) {
          x++;
        }
        if (x > from) {
          path.append("M%d %dh%dv1h-%dz".formatted(from, y, x - from, x - from));
        }
      }
    }
    return new QrCode(modules.getWidth(), path.toString());
  }
}

package jp.musubi.platform.web;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * 二次元コード (ISO/IEC 18004), drawn by the page itself: no picture to fetch.
 *
 * @param side length of a side in modules, the quiet zone of four included
 * @param bars its dark modules
 */
public record QrCode(int side, List<Bar> bars) {
  private static final int QUIET_ZONE = 4;

  /** Keeps its own copy. */
  public QrCode {
    bars = List.copyOf(bars);
  }

  /**
   * Dark modules beside each other.
   *
   * @param x from the left, in modules
   * @param y from the top
   */
  public record Bar(int x, int y, int length) {}

  /** What an SVG path's {@code d} says; a module is one unit. */
  public String path() {
    return bars.stream()
        .map(bar -> "M%d %dh%dv1h-%dz".formatted(bar.x(), bar.y(), bar.length(), bar.length()))
        .collect(Collectors.joining());
  }

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
    var bars = new ArrayList<Bar>();
    for (var y = 0; y < modules.getHeight(); y++) {
      for (var x = 0; x < modules.getWidth(); x++) {
        var from = x;
        while (x < modules.getWidth() && modules.get(x, y)) {
          x++;
        }
        if (x > from) {
          bars.add(new Bar(from, y, x - from));
        }
      }
    }
    return new QrCode(modules.getWidth(), bars);
  }
}

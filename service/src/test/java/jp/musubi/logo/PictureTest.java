package jp.musubi.logo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import jp.musubi.platform.web.Picture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ロゴの画像は")
public class PictureTest {
  @Test
  @DisplayName("描き直され、大きければ縮み、画像のほかに入っていたものは残らない")
  void isDrawnAnew() throws IOException {
    var hidden = "<script>alert(1)</script>";
    var given = withText(png(1200, 600), hidden);
    assertThat(new String(given, StandardCharsets.ISO_8859_1)).contains(hidden);
    var picture = Logos.read(given).picture().orElseThrow();
    assertThat(picture.width()).isEqualTo(192);
    assertThat(picture.height()).isEqualTo(96);
    assertThat(new String(picture.png(), StandardCharsets.ISO_8859_1))
        .doesNotContain("script", "tEXt");
    var drawn = ImageIO.read(new ByteArrayInputStream(picture.png()));
    assertThat(drawn.getRGB(96, 48) & 0xFFFFFF).isEqualTo(0x0017C1);
    assertThat(Logos.read(png(40, 40)).picture().orElseThrow().width()).isEqualTo(40);
    assertThat(Logos.read(png(4000, 10)).picture().orElseThrow().height()).isEqualTo(1);
  }

  @Test
  @DisplayName("大きさは開く前に見て、PNGでないもの、壊れたもの、爆弾は断る")
  void refusesWhatIsNoLogo() throws IOException {
    assertThat(Logos.read(new byte[0]).unfit()).contains(Picture.Unfit.EMPTY);
    assertThat(Logos.read(new byte[Picture.MOST_BYTES + 1]).unfit())
        .contains(Picture.Unfit.TOO_LARGE);
    assertThat(
            Logos.read("<svg onload=alert(1)>".repeat(3).getBytes(StandardCharsets.UTF_8)).unfit())
        .contains(Picture.Unfit.NOT_PNG);
    var bomb = png(40, 40);
    ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000);
    assertThat(Logos.read(bomb).unfit()).contains(Picture.Unfit.SIZE);
    assertThat(Logos.read(png(4, 40)).unfit()).contains(Picture.Unfit.SIZE);
    var whole = png(200, 100);
    assertThat(Logos.read(Arrays.copyOf(whole, 30)).unfit()).contains(Picture.Unfit.NOT_PNG);
    var random = new Random(16);
    for (var i = 0; i < 300; i++) {
      var broken = whole.clone();
      broken[25 + random.nextInt(broken.length - 25)] ^= (byte) (1 + random.nextInt(255));
      // Whatever becomes of it, nothing is thrown.
      assertThat(Logos.read(broken)).isNotNull();
    }
  }

  /** A blue picture. */
  public static byte[] png(int width, int height) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var graphics = image.createGraphics();
    graphics.setColor(new java.awt.Color(0x0017C1));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  /** The same with a text chunk behind its header. */
  private static byte[] withText(byte[] png, String text) {
    var data = ("tEXt" + "Comment\0" + text).getBytes(StandardCharsets.ISO_8859_1);
    var crc = new CRC32();
    crc.update(data);
    return ByteBuffer.allocate(png.length + data.length + 8)
        .put(png, 0, 33)
        .putInt(data.length - 4)
        .put(data)
        .putInt((int) crc.getValue())
        .put(png, 33, png.length - 33)
        .array();
  }
}

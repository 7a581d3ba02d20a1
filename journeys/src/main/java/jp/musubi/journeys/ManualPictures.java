package jp.musubi.journeys;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * The manual's pictures are tops of pages that the journeys walked: run those, then this from the
 * project's root ({@code java -cp journeys/target/classes}), and look at what changed.
 */
final class ManualPictures {
  private static final int TALLEST = 1_080;
  private static final Path FROM = Path.of("journeys/target/screens");
  private static final Path TO = Path.of("service/src/main/resources/static/assets/manual");

  private static final Map<String, String> PAGES =
      Map.ofEntries(
          Map.entry("signin", "01-signin"),
          Map.entry("factors", "pages/kiyoshi/account-factors"),
          Map.entry("home", "02-home"),
          Map.entry("document", "03-new"),
          Map.entry("parties", "04-parties"),
          Map.entry("terms", "05-terms"),
          Map.entry("review", "06-review"),
          Map.entry("sent", "08-contract-sent"),
          Map.entry("signature", "16-signature"),
          Map.entry("concluded", "18-concluded"),
          Map.entry("landing", "09-landing"),
          Map.entry("confirm", "12-confirm"),
          Map.entry("bulk", "pages/hanako/bulk-new"),
          Map.entry("register", "pages/kiyoshi/register"),
          Map.entry("sections", "pages/kiyoshi/sections"),
          Map.entry("staff", "pages/kiyoshi/staff"),
          Map.entry("transfers", "pages/kiyoshi/transfers"),
          Map.entry("settings", "pages/kiyoshi/settings"),
          Map.entry("record", "pages/kiyoshi/audit"));

  private ManualPictures() {}

  /** Takes them all; one that is missing ends it. */
  public static void main(String[] args) throws IOException {
    for (var page : new TreeMap<>(PAGES).entrySet()) {
      var screen = ImageIO.read(FROM.resolve(page.getValue() + ".png").toFile());
      var height = Math.min(screen.getHeight(), TALLEST);
      ImageIO.write(
          screen.getSubimage(0, 0, screen.getWidth(), height),
          "png",
          TO.resolve(page.getKey() + ".png").toFile());
    }
  }
}

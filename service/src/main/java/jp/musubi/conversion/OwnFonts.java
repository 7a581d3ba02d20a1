package jp.musubi.conversion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * 書体. The service's own fonts beside those of the machine, so that no Japanese letter becomes an
 * empty box where none is installed (fontconfig's fonts.conf).
 */
final class OwnFonts {
  private static final List<String> NAMES =
      List.of("NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf");

  private final Path settings;

  private OwnFonts(Path settings) {
    this.settings = settings;
  }

  /** Lays them out for as long as this process lives. */
  static OwnFonts layOut() {
    try {
      var folder = Files.createTempDirectory("musubi-fonts");
      for (var name : NAMES) {
        try (var font =
            Objects.requireNonNull(OwnFonts.class.getResourceAsStream("/fonts/" + name))) {
          Files.copy(font, kept(folder.resolve(name)));
        }
      }
      var settings = kept(folder.resolve("fonts.conf"));
      Files.writeString(
          settings,
          """
          <?xml version="1.0"?>
          <!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
          <fontconfig>
            <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
            <dir>%s</dir>
            <cachedir>%s</cachedir>
          </fontconfig>
          """
              .formatted(folder, folder.resolve("cache")));
      return new OwnFonts(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code FONTCONFIG_FILE} names. */
  Path settings() {
    return settings;
  }

  private static Path kept(Path file) {
    file.toFile().deleteOnExit();
    return file;
  }
}

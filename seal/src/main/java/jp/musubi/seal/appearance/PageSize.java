package jp.musubi.seal.appearance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;

/**
 * ページの大きさ, as a person sees it: turned by the page's rotation and cut by its CropBox.
 *
 * @param width in points (1/72 inch)
 * @param height in points
 */
public record PageSize(float width, float height) {

  /** Of all pages of a file that was looked at before. */
  public static List<PageSize> of(Path file) throws IOException {
    try (var document = Loader.loadPDF(file.toFile())) {
      var sizes = new ArrayList<PageSize>();
      for (var page : document.getPages()) {
        var shown = Place.shown(page);
        sizes.add(new PageSize(shown.getWidth(), shown.getHeight()));
      }
      return List.copyOf(sizes);
    }
  }
}

package jp.musubi.bulk;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import jp.musubi.contract.Apart;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.appearance.Filling;
import jp.musubi.seal.isolation.Workers;
import org.springframework.stereotype.Component;

/** ひな形の見本. Pages as they will be: each box with its frame, and with its own name as its text. */
@Component
class TemplatePreview {
  private static final int WIDTH = 1240;
  private static final Color FRAME = new Color(0xB3, 0x0C, 0x0C);

  private final Templates templates;
  private final Workers workers;

  TemplatePreview(Templates templates, Workers workers) {
    this.templates = templates;
    this.workers = workers;
  }

  /** A filled copy of a form, as the bytes of a PDF. */
  byte[] filled(Filling filling, Map<String, String> texts) {
    return with(filling, texts, Files::readAllBytes);
  }

  /**
   * A page as a PNG.
   *
   * @param page from 1
   */
  byte[] page(Template template, int page) {
    if (page < 1 || page > template.document().pages()) {
      throw new NotFound("page " + page + " of template " + template.id());
    }
    var filling = templates.open(template);
    var plain =
        with(
            filling,
            names(template, filling),
            file -> Apart.from(() -> workers.image(file, page, WIDTH)));
    return framed(
        plain, filling, template.fields().stream().filter(f -> f.page() == page).toList());
  }

  /** The names of the boxes that fit into them; a box too small for its name stays empty. */
  private static Map<String, String> names(Template template, Filling filling) {
    var names = new HashMap<String, String>();
    template.fields().forEach(field -> names.put(field.id().toString(), field.name()));
    filling.misfits(names).forEach(misfit -> names.remove(misfit.blank()));
    return names;
  }

  private static byte[] framed(byte[] png, Filling filling, List<MergeField> fields) {
    try {
      var read = ImageIO.read(new ByteArrayInputStream(png));
      var image = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
      var graphics = image.createGraphics();
      try {
        graphics.drawImage(read, 0, 0, null);
        graphics.setColor(FRAME);
        graphics.setStroke(new BasicStroke(2));
        for (var field : fields) {
          var place = field.blank().place();
          var scale = read.getWidth() / filling.width(place.page());
          graphics.drawRect(
              Math.round(place.left() * scale),
              Math.round(place.top() * scale),
              Math.round(place.width() * scale),
              Math.round(place.height() * scale));
        }
      } finally {
        graphics.dispose();
      }
      var out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is done with a file. */
  private interface Use {
    byte[] on(java.nio.file.Path file) throws IOException;
  }

  private static byte[] with(Filling filling, Map<String, String> texts, Use use) {
    try {
      var plain = Files.createTempFile("musubi-preview", ".pdf");
      var prepared = Files.createTempFile("musubi-preview", ".pdf");
      try {
        filling.write(texts, plain, prepared);
        return use.on(plain);
      } finally {
        Files.deleteIfExists(plain);
        Files.deleteIfExists(prepared);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

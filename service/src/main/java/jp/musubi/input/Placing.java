package jp.musubi.input;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import jp.musubi.contract.DocumentPages;
import jp.musubi.contract.Particulars;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.appearance.PageSize;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * 位置を決める. What pages need on which boxes are put on a draft's document: the sizes of its pages,
 * pictures of them, and the numbers by which a box is put, moved by hand or by keys (WCAG 2.5.7).
 */
@Component
public class Placing {
  /** The inputs of a box, in the order in which they are asked. */
  private static final List<String> PLACES = List.of("page", "left", "top", "width", "height");

  private static final int LAST_PAGE = 9_999;
  private static final int LONGEST = 99_999;
  private static final Color FRAME = new Color(0x00, 0x17, 0xC1);

  private final DocumentPages pages;
  private final Vault vault;
  private final TransactionTemplate transaction;

  Placing(DocumentPages pages, Vault vault, PlatformTransactionManager transactions) {
    this.pages = pages;
    this.vault = vault;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * A page of the document.
   *
   * @param framed path of its picture with the boxes
   * @param plain path of its picture without
   * @param width tenths of a millimetre
   * @param height tenths of a millimetre
   */
  public record Sheet(int number, String framed, String plain, int width, int height) {
    /** Of the picture, which is 1,240 wide. */
    public int pixels() {
      return Math.round(1240f * height / width);
    }
  }

  /** The sizes of a draft's own document's pages. */
  public List<PageSize> sizes(Particulars draft) {
    return Objects.requireNonNull(
        transaction.execute(_ -> vault.with(draft.document(), Placing::sizes)));
  }

  /** The sizes of a file's pages. */
  public static List<PageSize> sizes(Path file) {
    try {
      return PageSize.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All pages of the document.
   *
   * @param path of the page that shows them; the framed pictures lie below it
   */
  public List<Sheet> sheets(Particulars draft, String path) {
    var sizes = sizes(draft);
    return IntStream.rangeClosed(1, sizes.size())
        .mapToObj(number ->
            new Sheet(
                number,
                "%s/pages/%d.png".formatted(path, number),
                "/contracts/%s/pages/%d.png".formatted(draft.id(), number),
                InputBox.tenths(sizes.get(number - 1).width()),
                InputBox.tenths(sizes.get(number - 1).height())))
        .toList();
  }

  /**
   * A page of the document as it stands, with the boxes drawn into it.
   *
   * @param page from 1
   */
  public byte[] framed(Particulars draft, List<InputBox> boxes, int page) {
    var sizes = sizes(draft);
    if (page < 1 || page > sizes.size()) {
      throw new NotFound("page " + page + " of " + draft.id());
    }
    try {
      var read = ImageIO.read(new ByteArrayInputStream(pages.image(draft.currentFile(), page)));
      var image = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
      var graphics = image.createGraphics();
      try {
        graphics.drawImage(read, 0, 0, null);
        graphics.setColor(FRAME);
        graphics.setStroke(new BasicStroke(3));
        var scale = read.getWidth() / sizes.get(page - 1).width();
        for (var box : boxes) {
          if (box.page() == page) {
            var place = box.place();
            graphics.drawRect(
                Math.round(place.left() * scale),
                Math.round(place.top() * scale),
                Math.round(place.width() * scale),
                Math.round(place.height() * scale));
          }
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

  /**
   * The inputs of one box.
   *
   * @param key of the box; their names end with it
   * @param typed what was typed, by the names of the inputs; the box as it is where nothing was
   */
  public static List<Field> fields(
      String key, InputBox box, Map<String, String> typed, Map<String, Text> wrong) {
    var stored =
        Map.of(
            "page",
            String.valueOf(box.page()),
            "left",
            FormReader.tenths(box.left()),
            "top",
            FormReader.tenths(box.top()),
            "width",
            FormReader.tenths(box.width()),
            "height",
            FormReader.tenths(box.height()));
    return PLACES.stream()
        .map(place -> {
          var name = place + "-" + key;
          return Field.required(name, "input." + place)
              .drawn(
                  new Field.Look(
                      "text",
                      "off",
                      "decimal",
                      "short",
                      place.equals("page") ? "input.unit.page" : "input.unit.mm",
                      6,
                      null))
              .with(typed.getOrDefault(name, stored.get(place)))
              .wrong(wrong.get(name));
        })
        .toList();
  }

  /**
   * Where a box lies as typed.
   *
   * @param suffix of the names of its inputs
   */
  public static InputBox read(FormReader reader, Map<String, String> typed, String suffix) {
    return new InputBox(
        reader.number("page" + suffix, typed.get("page" + suffix), 1, LAST_PAGE),
        length(reader, typed, "left" + suffix, 0),
        length(reader, typed, "top" + suffix, 0),
        length(reader, typed, "width" + suffix, InputBox.SHORTEST),
        length(reader, typed, "height" + suffix, InputBox.SHORTEST));
  }

  /**
   * Says where a box cannot stand, at the number that is wrong.
   *
   * @param key of the box
   */
  public static void reject(FormReader reader, String key, Misplaced why) {
    reader.reject(
        (why instanceof Misplaced.NoSuchPage ? "page-" : "left-") + key,
        why.words().key(),
        why.words().values().toArray(String[]::new));
  }

  private static int length(FormReader reader, Map<String, String> typed, String name, int least) {
    return reader.tenths(name, typed.get(name), least, LONGEST, "input.wrong.length");
  }
}

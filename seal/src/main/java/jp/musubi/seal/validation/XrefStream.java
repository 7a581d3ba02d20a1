package jp.musubi.seal.validation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.InflaterInputStream;
import org.apache.pdfbox.cos.COSObjectKey;

/**
 * Reads the cross-reference stream of an update (ISO 32000-2, 7.5.8). Objects within object streams
 * are refused: an update has no need of them, and a reader that does not know them would see
 * another document.
 */
final class XrefStream {
  private static final int LARGEST = 4_000_000;
  private static final Pattern NUMBERS = Pattern.compile("\\d{1,9}");
  private static final Pattern PREDICTOR = Pattern.compile("/Predictor\\s+(\\d{1,2})\\b");
  private static final Pattern COLUMNS = Pattern.compile("/Columns\\s+(\\d{1,3})\\b");

  private XrefStream() {}

  /** Object offsets by key. */
  static Map<COSObjectKey, Long> read(Content content, Syntax.Indirect object)
      throws Syntax.Unreadable {
    var widths = numbers(content, object, "W");
    if (widths.size() != 3 || widths.stream().anyMatch(width -> width > 8)) {
      throw new Syntax.Unreadable("the cross-reference stream's /W");
    }
    var row = (int) widths.stream().mapToLong(Long::longValue).sum();
    var data = decoded(content, object, row);
    var index = numbers(content, object, "Index");
    if (index.isEmpty()) {
      index = List.of(0L, numbers(content, object, "Size").stream().findFirst().orElse(0L));
    }
    var entries = new HashMap<COSObjectKey, Long>();
    var at = 0;
    for (var i = 0; i + 1 < index.size(); i += 2) {
      for (var k = 0; k < index.get(i + 1); k++) {
        if (row == 0 || at + row > data.length) {
          throw new Syntax.Unreadable("the cross-reference stream is too short");
        }
        entry(data, at, widths, index.get(i) + k, entries);
        at += row;
      }
    }
    if (at != data.length) {
      throw new Syntax.Unreadable("the cross-reference stream is too long");
    }
    return entries;
  }

  private static void entry(
      byte[] data, int at, List<Long> widths, long number, Map<COSObjectKey, Long> entries)
      throws Syntax.Unreadable {
    var first = widths.get(0).intValue();
    var second = widths.get(1).intValue();
    var kind = first == 0 ? 1 : value(data, at, first);
    var offset = value(data, at + first, second);
    var generation = value(data, at + first + second, widths.get(2).intValue());
    if (kind == 0 && number == 0) {
      return;
    }
    if (kind != 1 || generation > 65_535) {
      throw new Syntax.Unreadable("object %d is free or within another".formatted(number));
    }
    if (entries.put(new COSObjectKey(number, (int) generation), offset) != null) {
      throw new Syntax.Unreadable("object %d stands twice in the table".formatted(number));
    }
  }

  private static long value(byte[] data, int at, int width) {
    var value = 0L;
    for (var i = 0; i < width; i++) {
      value = (value << 8) | (data[at + i] & 0xff);
    }
    return value;
  }

  private static List<Long> numbers(Content content, Syntax.Indirect object, String key) {
    var numbers = new ArrayList<Long>();
    var matcher = NUMBERS.matcher(text(content, object, key));
    while (matcher.find()) {
      numbers.add(Long.parseLong(matcher.group()));
    }
    return numbers;
  }

  private static String text(Content content, Syntax.Indirect object, String key) {
    var span = object.entries().get(key);
    return span == null ? "" : content.text(span.from(), span.to());
  }

  private static byte[] decoded(Content content, Syntax.Indirect object, int row)
      throws Syntax.Unreadable {
    var data = object.data();
    if (data == null) {
      throw new Syntax.Unreadable("the cross-reference stream has no data");
    }
    var raw = content.part(data.from(), data.to());
    var filter = text(content, object, "Filter").replaceAll("[\\[\\]\\s]", "");
    try {
      return switch (filter) {
        case "" -> raw;
        case "/FlateDecode" -> {
          try (var in = new InflaterInputStream(new ByteArrayInputStream(raw))) {
            yield unpredicted(in.readNBytes(LARGEST), text(content, object, "DecodeParms"), row);
          }
        }
        default -> throw new Syntax.Unreadable("the cross-reference stream's /Filter " + filter);
      };
    } catch (IOException broken) {
      throw new Syntax.Unreadable("the cross-reference stream: " + broken.getMessage());
    }
  }

  /** PNG prediction with the filters None and Up (ISO 32000-2, 7.4.4.4). */
  private static byte[] unpredicted(byte[] data, String parameters, int row)
      throws Syntax.Unreadable {
    var predictor = PREDICTOR.matcher(parameters);
    if (!predictor.find() || Integer.parseInt(predictor.group(1)) == 1) {
      return data;
    }
    var columns = COLUMNS.matcher(parameters);
    if (Integer.parseInt(predictor.group(1)) < 10
        || !columns.find()
        || Integer.parseInt(columns.group(1)) != row
        || data.length % (row + 1) != 0) {
      throw new Syntax.Unreadable("the cross-reference stream's prediction");
    }
    var plain = new byte[data.length / (row + 1) * row];
    for (var line = 0; line * (row + 1) < data.length; line++) {
      var filter = data[line * (row + 1)];
      if (filter != 0 && filter != 2) {
        throw new Syntax.Unreadable("the cross-reference stream's prediction");
      }
      for (var i = 0; i < row; i++) {
        var above = filter == 0 || line == 0 ? 0 : plain[(line - 1) * row + i];
        plain[line * row + i] = (byte) (data[line * (row + 1) + 1 + i] + above);
      }
    }
    return plain;
  }
}

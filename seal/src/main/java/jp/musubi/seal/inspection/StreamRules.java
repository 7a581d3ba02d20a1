package jp.musubi.seal.inspection;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import jp.musubi.seal.pdf.Cos;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;

/** What one stream costs its readers once decoded (PDF-P15); counts, and holds no stream whole. */
final class StreamRules {
  private static final Set<String> IMAGES =
      Set.of("DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF", "JBIG2Decode");
  private static final int MOST_FILTERS = 4;
  private static final long WIDEST_ROW_BITS = 1L << 27;
  private static final long LARGEST_INNER = 16_000_000L;

  private final InspectionLimits limits;
  private final Findings findings;
  private long total;

  StreamRules(InspectionLimits limits, Findings findings) {
    this.limits = limits;
    this.findings = findings;
  }

  /** Whether the walk may go on. */
  boolean check(COSStream stream, Findings.Place place) {
    if ("Image".equals(Cos.name(stream, "Subtype"))) {
      var width = Cos.number(stream, "Width", 0);
      var height = Cos.number(stream, "Height", 0);
      if (width < 0 || height < 0 || (width > 0 && height > limits.maxImagePixels() / width)) {
        reject("image-too-large", place, width + " x " + height + " pixels");
        return true;
      }
    }
    var filters = filters(stream);
    if (filters.equals(List.of("JBIG2Decode")) && pixels(stream) > limits.maxImagePixels()) {
      reject("image-too-large", place, "more pixels than its dictionary tells");
      return true;
    }
    if (filters.size() > MOST_FILTERS) {
      reject("too-many-filters", place, filters.size() + " filters");
      return false;
    }
    for (var parameters : parameters(stream)) {
      var row =
          Math.max(1, Cos.number(parameters, "Columns", 1))
              * (double) Math.max(1, Cos.number(parameters, "Colors", 1))
              * Math.max(1, Cos.number(parameters, "BitsPerComponent", 8));
      if (row > WIDEST_ROW_BITS) {
        reject("stream-too-large", place, "one predictor row of " + row + " bits");
        return false;
      }
    }
    try {
      return count(stream, filters, place);
    } catch (TooLarge tooLarge) {
      reject("stream-too-large", place, "one stream exceeds " + limits.maxStreamBytes());
      return false;
    } catch (IOException | RuntimeException unreadable) {
      findings.at(
          "PDF-P01", Action.WARN, "damaged-stream", place, String.valueOf(unreadable.getMessage()));
      return true;
    }
  }

  private boolean count(COSStream stream, List<String> filters, Findings.Place place)
      throws IOException {
    if (filters.isEmpty() || !stream.hasData()) {
      return true;
    }
    try (var raw = stream.createRawInputStream()) {
      InputStream in = raw;
      for (var i = 0; i < filters.size(); i++) {
        var filter = filters.get(i);
        if (IMAGES.contains(filter) || "Crypt".equals(filter)) {
          return true;
        }
        in = decode(stream, filter, i, in);
      }
      var buffer = new byte[1 << 16];
      var size = 0L;
      for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        size += n;
        total += n;
        if (size > limits.maxStreamBytes()) {
          throw new TooLarge();
        }
        if (total > limits.maxInflatedBytes()) {
          reject("inflates-too-large", place, "all streams exceed " + limits.maxInflatedBytes());
          return false;
        }
      }
      return true;
    }
  }

  private static InputStream decode(COSStream stream, String filter, int index, InputStream in)
      throws IOException {
    if ("FlateDecode".equals(filter) || "Fl".equals(filter)) {
      return new InflaterInputStream(in);
    }
    var decoded = new Bounded();
    FilterFactory.INSTANCE.getFilter(filter).decode(in, decoded, stream, index);
    return new ByteArrayInputStream(decoded.bytes());
  }

  private static long pixels(COSStream stream) {
    try (var raw = stream.createRawInputStream()) {
      return Jbig2.pixels(raw.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> filters(COSStream stream) {
    return switch (Cos.direct(stream.getFilters())) {
      case COSName one -> List.of(one.getName());
      case COSArray many -> {
        var names = new ArrayList<String>();
        for (var each : many) {
          names.add(Cos.direct(each) instanceof COSName name ? name.getName() : "");
        }
        yield names;
      }
      case null, default -> List.of();
    };
  }

  private static List<COSDictionary> parameters(COSStream stream) {
    return switch (Cos.get(stream, "DecodeParms")) {
      case COSDictionary one -> List.of(one);
      case COSArray many -> Cos.dictionaries(many);
      case null, default -> List.of();
    };
  }

  private void reject(String what, Findings.Place place, String detail) {
    findings.at("PDF-P15", Action.REJECT, what, place, detail);
  }

  /** Thrown by a sink that is full; unchecked, since some decoders swallow checked ones. */
  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (held.size() + (long) length > LARGEST_INNER) {
        throw new TooLarge();
      }
      held.write(bytes, offset, length);
    }

    byte[] bytes() {
      return held.toByteArray();
    }
  }
}

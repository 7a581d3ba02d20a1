package jp.musubi.conversion;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * 変更履歴. Whether a packed document still holds proposals of changes that nobody has accepted: on
 * paper deleted words would stand beside those that replace them.
 */
final class Unsettled {
  /** ECMA-376 Part 1, 17.13.5: insertions, deletions and moves. */
  private static final Set<String> WORD =
      Set.of("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel");

  private static final String WORD_SPACE =
      "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

  /** The strict form of the same (ECMA-376 Part 1, Annex A). */
  private static final String STRICT_SPACE = "http://purl.oclc.org/ooxml/wordprocessingml/main";

  /** ISO/IEC 26300-3, 5.5.2. */
  private static final String OPEN_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0";

  /** Of one file within the package; a real contract's text is a few of them at most. */
  private static final long MOST_BYTES = 200L << 20;

  private Unsettled() {}

  /**
   * Looks through the texts of a package.
   *
   * @throws IOException if it is no package, its texts are no XML, or are too large to be texts
   */
  static boolean isIn(Path file, OfficeFormat format) throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      var entries = zip.entries();
      while (entries.hasMoreElements()) {
        var entry = entries.nextElement();
        if (isText(entry.getName(), format)) {
          try (var in = new Bounded(zip.getInputStream(entry))) {
            if (hasChange(in)) {
              return true;
            }
          }
        }
      }
      return false;
    }
  }

  private static boolean isText(String name, OfficeFormat format) {
    return switch (format) {
      case DOCX -> name.matches("word/(document|header\\d*|footer\\d*|footnotes|endnotes)\\.xml");
      case ODT -> name.equals("content.xml");
      case DOC, XLSX, XLS, ODS -> false;
    };
  }

  private static boolean hasChange(InputStream in) throws IOException {
    var factory = XMLInputFactory.newDefaultFactory();
    // Neither format has a DTD: none is read, and nothing outside of the file.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      var reader = factory.createXMLStreamReader(in);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && isChange(reader.getNamespaceURI(), reader.getLocalName())) {
          return true;
        }
      }
      return false;
    } catch (XMLStreamException e) {
      throw new IOException("a text of the package is no XML", e);
    }
  }

  private static boolean isChange(@Nullable String space, String name) {
    if (WORD_SPACE.equals(space) || STRICT_SPACE.equals(space)) {
      return WORD.contains(name);
    }
    return OPEN_TEXT.equals(space) && name.equals("tracked-changes");
  }

  /** A package may say of a small file that it is endless. */
  private static final class Bounded extends FilterInputStream {
    private long left = MOST_BYTES;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = super.read();
      taken(one < 0 ? 0 : 1);
      return one;
    }

    @Override
    public int read(byte[] target, int from, int most) throws IOException {
      var read = super.read(target, from, most);
      taken(Math.max(read, 0));
      return read;
    }

    private void taken(int bytes) throws IOException {
      left -= bytes;
      if (left < 0) {
        throw new IOException("a text of the package is larger than " + MOST_BYTES + " bytes");
      }
    }
  }
}

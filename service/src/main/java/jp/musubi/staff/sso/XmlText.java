package jp.musubi.staff.sso;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML with the JDK's writer, which escapes what has to be. */
final class XmlText {
  private XmlText() {}

  /** What stands in a document. */
  @FunctionalInterface
  interface Content {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  /** The document's bytes. */
  static byte[] write(Content content) {
    var bytes = new ByteArrayOutputStream();
    try {
      var xml =
          XMLOutputFactory.newDefaultFactory()
              .createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
      content.write(xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("memory takes every element", e);
    }
    return bytes.toByteArray();
  }
}

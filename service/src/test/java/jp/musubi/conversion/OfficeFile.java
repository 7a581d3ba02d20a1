package jp.musubi.conversion;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Documents as an office's programs write them, with the least that makes them such. */
public final class OfficeFile {
  private static final String TYPES =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
        <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
        <Default Extension="xml" ContentType="application/xml"/>
        <Override PartName="/%s" ContentType="application/vnd.openxmlformats-officedocument.%s.main+xml"/>
        %s
      </Types>
      """;

  private static final String RELATIONS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>
      """;

  private static final String RELATION =
      "<Relationship Id=\"%s\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s\" Target=\"%s\"%s/>";

  private OfficeFile() {}

  /** A Word document of some paragraphs. */
  public static byte[] word(String... paragraphs) {
    var text = new StringBuilder();
    for (var each : paragraphs) {
      text.append("<w:p><w:r><w:t>").append(each).append("</w:t></w:r></w:p>");
    }
    return wordOf(text.toString(), "");
  }

  /** A Word document with this body, and relations of its document part. */
  public static byte[] wordOf(String body, String relations) {
    var parts = new LinkedHashMap<String, String>();
    parts.put(
        "[Content_Types].xml",
        TYPES.formatted("word/document.xml", "wordprocessingml.document", ""));
    parts.put(
        "_rels/.rels",
        RELATIONS.formatted(RELATION.formatted("r1", "officeDocument", "word/document.xml", "")));
    parts.put("word/_rels/document.xml.rels", RELATIONS.formatted(relations));
    parts.put(
        "word/document.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document"
            + " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
            + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
            + " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
            + " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
            + " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>"
            + body
            + "</w:body></w:document>");
    return zip(parts);
  }

  /** A picture that lies at an address, as a Word document links to it. */
  public static byte[] wordLinkingTo(String address) {
    return wordOf(
        """
        <w:p><w:r><w:t>契約書</w:t></w:r><w:r><w:drawing><wp:inline><wp:extent cx="990000" cy="990000"/>
        <wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">
        <pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="p"/><pic:cNvPicPr/></pic:nvPicPr>
        <pic:blipFill><a:blip r:link="r9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>
        <pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="990000" cy="990000"/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>
        </wp:inline></w:drawing></w:r></w:p>
        """,
        RELATION.formatted("r9", "image", address, " TargetMode=\"External\""));
  }

  /** An Excel workbook of one sheet with one cell. */
  public static byte[] sheet(String cell) {
    var main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    var parts = new LinkedHashMap<String, String>();
    parts.put(
        "[Content_Types].xml",
        TYPES.formatted(
            "xl/workbook.xml",
            "spreadsheetml.sheet",
            "<Override PartName=\"/xl/worksheets/sheet1.xml\""
                + " ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"));
    parts.put(
        "_rels/.rels",
        RELATIONS.formatted(RELATION.formatted("r1", "officeDocument", "xl/workbook.xml", "")));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        RELATIONS.formatted(RELATION.formatted("r1", "worksheet", "worksheets/sheet1.xml", "")));
    parts.put(
        "xl/workbook.xml",
        ("<workbook xmlns=\"%s\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                + "<sheets><sheet name=\"内訳\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>")
            .formatted(main));
    parts.put(
        "xl/worksheets/sheet1.xml",
        ("<worksheet xmlns=\"%s\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>%s</t></is></c></row>"
                + "</sheetData></worksheet>")
            .formatted(main, cell));
    return zip(parts);
  }

  private static byte[] zip(Map<String, String> parts) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().strip().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}

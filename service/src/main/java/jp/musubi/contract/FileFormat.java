package jp.musubi.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * 保管できる形式. What a file beside a contract may be, by its name's ending and its first bytes. Such
 * files are kept and handed on as they are; nothing here opens them.
 */
enum FileFormat {
  PDF("application/pdf", List.of("pdf"), "%PDF-"),
  WORD(
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      List.of("docx"),
      "PK"),
  SPREADSHEET(
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", List.of("xlsx"), "PK"),
  SLIDES(
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
      List.of("pptx"),
      "PK"),
  OLD_WORD("application/msword", List.of("doc"), "\u00d0\u00cf\u0011\u00e0"),
  OLD_SPREADSHEET("application/vnd.ms-excel", List.of("xls"), "\u00d0\u00cf\u0011\u00e0"),
  OLD_SLIDES("application/vnd.ms-powerpoint", List.of("ppt"), "\u00d0\u00cf\u0011\u00e0"),
  OPEN_TEXT("application/vnd.oasis.opendocument.text", List.of("odt"), "PK"),
  OPEN_SPREADSHEET("application/vnd.oasis.opendocument.spreadsheet", List.of("ods"), "PK"),
  PNG("image/png", List.of("png"), "\u0089PNG"),
  JPEG("image/jpeg", List.of("jpg", "jpeg"), "\u00ff\u00d8\u00ff"),
  TIFF("image/tiff", List.of("tif", "tiff"), "II*\0", "MM\0*", "II+\0", "MM\0+"),
  DWG("image/vnd.dwg", List.of("dwg"), "AC10"),
  DXF("image/vnd.dxf", List.of("dxf")),
  /** SXF of the ministries' electronic delivery, as text and packed. */
  SXF("application/octet-stream", List.of("sfc", "p21", "sfz", "p2z")),
  JWW("application/octet-stream", List.of("jww", "jwc")),
  TEXT("text/plain", List.of("txt", "csv")),
  XML("application/xml", List.of("xml")),
  ZIP("application/zip", List.of("zip"), "PK");

  /** How many of its first bytes a file has to show. */
  static final int HEAD = 16;

  private static final List<String> PROGRAMS =
      List.of("MZ", "\u007fELF", "#!", "\u00ca\u00fe\u00ba\u00be", "\u00cf\u00fa\u00ed\u00fe");

  private final String mediaType;

  // List.of makes them immutable, which the checker cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> endings;

  // As above.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> beginnings;

  FileFormat(String mediaType, List<String> endings, String... beginnings) {
    this.mediaType = mediaType;
    this.endings = endings;
    this.beginnings = List.of(beginnings);
  }

  /** What it is told a browser to be. */
  String mediaType() {
    return mediaType;
  }

  /** The format that a name says. */
  static Optional<FileFormat> named(String name) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return name.indexOf('.') < 0
        ? Optional.empty()
        : Arrays.stream(values()).filter(each -> each.endings.contains(ending)).findFirst();
  }

  /** Whether a file that begins so can be of this format. */
  boolean fits(byte[] head) {
    var text = new String(head, StandardCharsets.ISO_8859_1);
    return PROGRAMS.stream().noneMatch(text::startsWith)
        && (beginnings.isEmpty() || beginnings.stream().anyMatch(text::startsWith));
  }
}

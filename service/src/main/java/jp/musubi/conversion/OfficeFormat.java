package jp.musubi.conversion;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** 変換できる形式. What an office writes contracts and their tables with, by the name's ending. */
public enum OfficeFormat {
  DOCX("writer", true),
  DOC("writer", false),
  ODT("writer", true),
  XLSX("calc", true),
  XLS("calc", false),
  ODS("calc", true);

  private final String application;
  private final boolean packed;

  OfficeFormat(String application, boolean packed) {
    this.application = application;
    this.packed = packed;
  }

  /** The format that a name says. */
  public static Optional<OfficeFormat> named(String name) {
    var ending = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    return name.indexOf('.') < 0
        ? Optional.empty()
        : Arrays.stream(values()).filter(each -> each.name().equals(ending)).findFirst();
  }

  /** The name of the PDF that is made of a file of that name. */
  public static String pdfOf(String name) {
    return name.substring(0, name.lastIndexOf('.')) + ".pdf";
  }

  /** Of the name, without the dot. */
  String ending() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is a ZIP of XML files (ECMA-376 Part 2, ISO/IEC 26300-3). */
  boolean isPacked() {
    return packed;
  }

  /** Which of the program's filters writes it: {@code writer} or {@code calc}. */
  String application() {
    return application;
  }
}

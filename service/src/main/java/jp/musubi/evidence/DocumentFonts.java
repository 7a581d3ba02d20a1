package jp.musubi.evidence;

import jp.musubi.seal.appearance.Typefaces;

/** 文書の書体. With which letters the service writes into documents. */
public final class DocumentFonts {
  private DocumentFonts() {}

  /** The regular weight. */
  public static Typefaces regular() {
    return PdfFonts.regularTypefaces();
  }
}

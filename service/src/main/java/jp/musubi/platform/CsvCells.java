package jp.musubi.platform;

/** 表計算のセル — cells of a list that people open in a spreadsheet. */
public final class CsvCells {
  private CsvCells() {}

  /** A cell that begins like a formula is read as one (CWE-1236), full width or not. */
  public static String inert(String cell) {
    return !cell.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}

package jp.musubi.evidence;

import java.util.ArrayList;
import java.util.List;
import jp.musubi.evidence.PageStructure.Scope;
import jp.musubi.seal.appearance.Ink;
import jp.musubi.seal.appearance.Lettering;

/**
 * 表. Rows between rules, tagged as a table (ISO 32000-2, 14.8.4.8); its headings stand again on
 * each page, where a screen reader leaves them out.
 */
final class SheetTable {
  private static final float SIZE = 8.5f;
  private static final float HEADING = 7.5f;
  private static final float LEADING = 12;
  private static final float GAP = 6;
  private static final float BAR = 72;
  private static final Ink RULE = Ink.of(0xC8CCD2);
  private static final Ink SOLID = Ink.of(0x00316B);

  private final Sheet sheet;
  private final Report.Table table;
  private final float first;
  private final float column;

  SheetTable(Sheet sheet, Report.Table table) {
    this.sheet = sheet;
    this.table = table;
    var bars = table.rows().stream().anyMatch(row -> row.bar() != null);
    var room = Sheet.RIGHT - Sheet.LEFT - (bars ? BAR + GAP : 0);
    var numbers = table.columns().size() - 1;
    column = Math.min(76, (room - Math.min(150, room * 0.345f)) / Math.max(1, numbers));
    first = room - column * numbers;
  }

  void write() {
    var structure = sheet.structure();
    structure.open("Table");
    structure.open("TR");
    headings(true);
    structure.close();
    for (var row : table.rows()) {
      var label = Sheet.wrap(letters(row), SIZE, first - GAP, row.label());
      if (sheet.turnsFor(label.size() * LEADING + 5)) {
        headings(false);
      }
      structure.open("TR");
      row(row, label);
      structure.close();
    }
    structure.close();
    if (!table.legend().isEmpty()) {
      sheet.feed(2);
      sheet.paragraph(table.legend(), Sheet.QUIET);
    }
    sheet.feed(4);
  }

  private void headings(boolean tagged) {
    var bold = sheet.fonts().bold();
    var wrapped = new ArrayList<List<String>>();
    for (var i = 0; i < table.columns().size(); i++) {
      wrapped.add(
          Sheet.wrap(bold, HEADING, (i == 0 ? first : column) - GAP, table.columns().get(i)));
    }
    var lines = wrapped.stream().mapToInt(List::size).max().orElse(1);
    if (tagged) {
      // With two rows below it, so that no heading stands alone at the end of a page.
      sheet.turnsFor((lines + 2) * LEADING + 10);
    }
    var bottom = sheet.feed(0) - (lines - 1) * LEADING;
    for (var i = 0; i < wrapped.size(); i++) {
      var at = bottom + (wrapped.get(i).size() - 1) * LEADING;
      begin(tagged ? Scope.COLUMN : null);
      lines(
          wrapped.get(i),
          bold,
          HEADING,
          i == 0 ? Sheet.LEFT + 2 : right(i),
          i > 0,
          at,
          Sheet.QUIET);
      sheet.canvas().end();
    }
    sheet.feed((lines - 1) * LEADING + 5);
    sheet.fill(Sheet.LEFT, sheet.feed(0), Sheet.RIGHT - Sheet.LEFT, 0.8f, Sheet.QUIET);
    sheet.feed(LEADING);
  }

  private void row(Report.Row row, List<String> label) {
    begin(Scope.ROW);
    lines(label, letters(row), SIZE, Sheet.LEFT + 2, false, sheet.feed(0), Sheet.INK);
    sheet.canvas().end();
    for (var i = 0; i < row.cells().size(); i++) {
      sheet.canvas().begin("TD", sheet.structure().add("TD"));
      lines(
          List.of(row.cells().get(i)),
          letters(row),
          SIZE,
          right(i + 1),
          true,
          sheet.feed(0),
          Sheet.INK);
      sheet.canvas().end();
    }
    if (row.bar() != null) {
      bar(row.bar());
    }
    sheet.feed((label.size() - 1) * LEADING + 5);
    sheet.fill(Sheet.LEFT, sheet.feed(0), Sheet.RIGHT - Sheet.LEFT, 0.4f, RULE);
    sheet.feed(LEADING);
  }

  /** A filled and an open part, which also black ink tells apart. */
  private void bar(Report.Bar bar) {
    var left = Sheet.RIGHT - BAR;
    var solid = BAR * bar.solid() / 1000;
    var open = BAR * bar.open() / 1000;
    if (solid > 0) {
      sheet.fill(left, sheet.feed(0) - 1, solid, 8, SOLID);
    }
    if (open > 1) {
      sheet
          .canvas()
          .beginArtifact()
          .frame(SOLID, 0.8f, left + solid + 0.4f, sheet.feed(0) - 0.6f, open - 0.8f, 7.2f)
          .end();
    }
  }

  private void begin(@org.jspecify.annotations.Nullable Scope scope) {
    if (scope == null) {
      sheet.canvas().beginArtifact();
    } else {
      sheet.canvas().begin("TH", sheet.structure().addHeading(scope));
    }
  }

  private Lettering letters(Report.Row row) {
    return row.sum() ? sheet.fonts().bold() : sheet.fonts().regular();
  }

  /** Where a column of numbers ends. */
  private float right(int at) {
    return Sheet.LEFT + first + column * at - GAP;
  }

  private void lines(
      List<String> lines, Lettering letters, float size, float x, boolean end, float at, Ink ink) {
    var y = at;
    for (var line : lines) {
      var from = end ? x - letters.width(line, size) : x;
      sheet.canvas().text(letters, size, from, y, ink, line);
      y -= LEADING;
    }
  }
}

package jp.musubi.journeys.requirements;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** 対応状況回答書・適合表: the demands with a mark and an answer in every row, as text. */
final class ResponseSheet {
  /** Lets a spreadsheet read the file as UTF-8; without it Japanese turns to noise. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** First characters that make a spreadsheet run a cell; the wide ones count in Japanese Excel. */
  private static final String FORMULA_STARTERS = "=+-@\t\r\n＝＋－＠";

  private final ResourceBundle words =
      ResourceBundle.getBundle(
          ResponseSheet.class.getPackageName() + ".messages",
          Locale.ROOT,
          ResponseSheet.class.getModule());
  private final Demands demands;
  private final List<Requirement> rows;

  ResponseSheet(Demands demands, List<Requirement> rows) {
    this.demands = demands;
    this.rows = List.copyOf(rows);
  }

  /** The sheet for reading: the count of each mark, then one table a group. */
  String markdown() {
    var sheet = new StringBuilder();
    sheet.append("# ").append(own("title")).append("\n\n");
    sheet.append(word("sheet.legend")).append("\n\n");
    sheet.append(own("foreword"));
    sheet.append("## ").append(word("sheet.totals")).append("\n\n");
    appendTotals(sheet);
    byGroup()
        .forEach((group, members) -> {
          sheet.append("\n## ").append(own("group." + group)).append("\n\n");
          appendRow(sheet, headings());
          appendRow(sheet, headings().stream().map(heading -> "---").toList());
          members.forEach(row -> appendRow(sheet, cells(row, "<br>")));
        });
    return sheet.toString();
  }

  /** The sheet for a spreadsheet: UTF-8 with byte order mark, RFC 4180, no cell runs as formula. */
  String csv() {
    var lines =
        Stream.concat(
            Stream.of(Stream.concat(Stream.of(word("column.group")), headings().stream())),
            rows.stream()
                .map(row ->
                    Stream.concat(
                        Stream.of(own("group." + row.group())), cells(row, "\n").stream())));
    return lines
        .map(line -> line.map(ResponseSheet::csvCell).collect(Collectors.joining(",")) + "\r\n")
        .collect(Collectors.joining("", BYTE_ORDER_MARK, ""));
  }

  private void appendTotals(StringBuilder sheet) {
    var statuses = Arrays.asList(Status.values());
    appendRow(
        sheet,
        Stream.of(
                Stream.of(word("column.group")),
                statuses.stream().map(Status::mark),
                Stream.of(word("column.total")))
            .flatMap(Function.identity())
            .toList());
    appendRow(sheet, Stream.generate(() -> "---").limit(statuses.size() + 2L).toList());
    byGroup().forEach((group, members) -> appendRow(sheet, totals(own("group." + group), members)));
    rows.stream()
        .collect(
            Collectors.groupingBy(Requirement::importance, LinkedHashMap::new, Collectors.toList()))
        .forEach((importance, members) ->
            appendRow(
                sheet,
                totals(MessageFormat.format(word("sheet.importanceTotal"), importance), members)));
    appendRow(sheet, totals(word("sheet.grandTotal"), rows));
  }

  private static List<String> totals(String heading, List<Requirement> members) {
    return Stream.of(
            Stream.of(heading),
            Arrays.stream(Status.values())
                .map(status -> members.stream().filter(row -> row.status() == status).count())
                .map(String::valueOf),
            Stream.of(String.valueOf(members.size())))
        .flatMap(Function.identity())
        .toList();
  }

  private Map<String, List<Requirement>> byGroup() {
    return rows.stream()
        .collect(
            Collectors.groupingBy(Requirement::group, LinkedHashMap::new, Collectors.toList()));
  }

  private List<String> headings() {
    return Stream.of("id", "importance", "wording", "status", "how", "where", "tests")
        .map(column -> column.equals("wording") ? own("wording") : word("column." + column))
        .toList();
  }

  private List<String> cells(Requirement row, String lineBreak) {
    return List.of(
        row.id(),
        row.importance(),
        row.wording(),
        row.status().mark(),
        row.how(),
        String.join(lineBreak, row.where()),
        String.join(lineBreak, row.tests()));
  }

  private static void appendRow(StringBuilder sheet, List<String> cells) {
    cells.forEach(cell -> sheet.append("| ").append(cell.replace("|", "\\|")).append(' '));
    sheet.append("|\n");
  }

  private static String csvCell(String text) {
    var isMark = Arrays.stream(Status.values()).anyMatch(status -> status.mark().equals(text));
    var runs = !isMark && !text.isEmpty() && FORMULA_STARTERS.indexOf(text.charAt(0)) >= 0;
    return '"' + (runs ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }

  /** Words that differ by whose demands they are. */
  private String own(String key) {
    return word(demands.key() + "." + key);
  }

  private String word(String key) {
    return words.getString(key);
  }
}

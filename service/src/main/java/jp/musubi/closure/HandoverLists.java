package jp.musubi.closure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import jp.musubi.platform.CsvCells;
import jp.musubi.platform.web.Book;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * 一覧のCSV of a hand-over: UTF-8 with a byte order mark, nothing in it that a spreadsheet would run.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class HandoverLists {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int ROWS_AT_ONCE = 1000;
  private static final List<String> CONTRACT =
      List.of(
          "number",
          "title",
          "state",
          "counterparties",
          "amount",
          "contract_date",
          "concluded_at",
          "period_from",
          "period_until",
          "section",
          "folder",
          "final_sha256");

  private final JdbcClient jdbc;
  private final MessageSource messages;
  private final Book book;

  HandoverLists(JdbcClient jdbc, MessageSource messages, Book book) {
    this.jdbc = jdbc;
    this.messages = messages;
    this.book = book;
  }

  private record Item(String id, String name) {}

  /** 契約一覧: every contract in every state, with the body's own items. */
  void contracts(OutputStream out) throws IOException {
    var items =
        jdbc.sql("select id::text, name from register_item order by place, id")
            .query((row, _) -> new Item(row.getString(1), row.getString(2)))
            .list();
    var headings =
        new ArrayList<>(
            CONTRACT.stream().map(each -> book.of("handover.contract." + each)).toList());
    items.forEach(item -> headings.add(item.name()));
    var csv = csv(out, headings);
    try (var rows =
        jdbc
            .sql(
                """
                select c.id::text as id, c.number, c.title, c.state, c.amount::text as amount,
                       c.contract_date::text as contract_date,
                       to_char(c.concluded_at at time zone 'Asia/Tokyo', 'YYYY-MM-DD"T"HH24:MI:SS"+09:00"')
                         as concluded_at,
                       c.period_from::text as period_from, c.period_until::text as period_until,
                       c.final_sha256,
                       (select string_agg(p.organisation, '、' order by p.ordinal) from party p
                         where p.contract_id = c.id and p.kind = 'COUNTERPARTY') as counterparties,
                       (select t.name from section_term t where t.section_id = c.section_id
                         order by t.from_date desc limit 1) as section,
                       (select f.name from folder_contract l join folder f on f.id = l.folder_id
                         where l.contract_id = c.id) as folder,
                       (select coalesce(json_object_agg(v.item_id, v.text), '{}')::text
                          from register_value v where v.contract_id = c.id) as own
                  from contract c order by c.number
                """)
            .withFetchSize(ROWS_AT_ONCE)
            .query((row, _) -> {
              var cells = new ArrayList<String>();
              for (var column : CONTRACT) {
                var cell = row.getString(column);
                cells.add(cell == null ? "" : cell);
              }
              cells.set(2, book.of("audit.state." + row.getString("state")));
              var own = own(row.getString("own"));
              items.forEach(item -> cells.add(own.getOrDefault(item.id(), "")));
              return cells;
            })
            .stream()) {
      rows.forEach(cells -> print(csv, cells));
    }
    csv.flush();
  }

  /** ファイル一覧: what each file is to which contract, and where it lies. */
  void files(Map<String, HandoverFiles.Kept> kept, HandoverFiles files, OutputStream out)
      throws IOException {
    var csv =
        csv(
            out,
            List.of("number", "role", "name", "part", "path", "sha256").stream()
                .map(each -> book.of("handover.file." + each))
                .toList());
    try (var uses = files.uses()) {
      uses.forEach(use -> {
        var file = kept.get(use.sha256());
        print(
            csv,
            List.of(
                use.number(),
                book.of("handover.role." + use.role()),
                use.name(),
                file == null ? "" : String.valueOf(file.part()),
                file == null ? book.of("handover.file.erased") : file.path(),
                use.sha256()));
      });
    }
    csv.flush();
  }

  /** 対応表: every column that is handed over, its meaning and its type. */
  void mapping(Map<String, List<HandoverTables.Column>> tables, OutputStream out)
      throws IOException {
    var csv =
        csv(
            out,
            List.of("table", "what", "column", "meaning", "type").stream()
                .map(each -> book.of("handover.mapping." + each))
                .toList());
    tables.forEach((table, columns) ->
        columns.forEach(column ->
            print(
                csv,
                List.of(
                    table,
                    meaning("handover.table." + table),
                    column.name(),
                    meaning("handover.column." + column.name()),
                    column.type()))));
    csv.flush();
  }

  /** A table that came later without its words is handed over all the same, and says so. */
  private String meaning(String key) {
    return Objects.requireNonNull(
        messages.getMessage(key, null, book.of("handover.unexplained"), Locale.JAPAN));
  }

  private static CSVPrinter csv(OutputStream out, List<String> headings) throws IOException {
    var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    writer.write('\uFEFF');
    var printer = CSVFormat.RFC4180.print(writer);
    print(printer, headings);
    return printer;
  }

  private static void print(CSVPrinter csv, List<String> cells) {
    try {
      csv.printRecord(cells.stream().map(CsvCells::inert).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> own(String json) {
    return JSON.readValue(json, new TypeReference<>() {});
  }
}

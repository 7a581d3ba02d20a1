package jp.musubi.register;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Authorisation;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractReach;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.CsvTable;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.StaffMember;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 台帳の取込: reads lists of other systems, whose columns are found by the names that the register gives
 * its items, and corrects by them, all lines or none, each contract with the reason and on record.
 */
@Service
@Transactional
class EntryImports {
  private static final String NUMBER = "register.column.number";

  private final Entries entries;
  private final Items items;
  private final EntryWords words;
  private final Contracts contracts;
  private final ContractReach reached;
  private final JdbcClient jdbc;
  private final Book book;

  EntryImports(
      Entries entries,
      Items items,
      EntryWords words,
      Contracts contracts,
      ContractReach reached,
      JdbcClient jdbc,
      Book book) {
    this.entries = entries;
    this.items = items;
    this.words = words;
    this.contracts = contracts;
    this.reached = reached;
    this.jdbc = jdbc;
    this.book = book;
  }

  /** What came of reading a file. */
  sealed interface Reading {
    /** What it would change. */
    record Read(EntryImport list) implements Reading {}

    /** It is no such list. */
    record Unfit(Text why) implements Reading {}
  }

  /** A contract that a line names. */
  private record Named(UUID id, String title, boolean draft, Optional<LocalDate> contractDate) {}

  /** The columns that a list may have beside the number, by heading: the form's fields. */
  @Transactional(readOnly = true)
  public Map<String, String> columns() {
    var columns = new LinkedHashMap<String, String>();
    columns.put(book.of("register.column.decision"), "decisionNumber");
    columns.put(book.of("register.column.fiscalYear"), "fiscalYear");
    columns.put(book.of("register.column.keeping"), "keeping");
    items.open().forEach(item -> columns.putIfAbsent(item.name(), item.field()));
    return columns;
  }

  /** Reads a list and compares it with the register. Changes nothing. */
  @Transactional(readOnly = true)
  public Reading read(byte[] file, StaffMember clerk) {
    var number = book.of(NUMBER);
    var headings = CsvTable.headings(file);
    if (headings.isEmpty()) {
      return new Reading.Unfit(Text.of("csv.unreadable"));
    }
    var columns = columns();
    var known = headings.get().stream().filter(columns::containsKey).distinct().toList();
    if (!headings.get().contains(number) || known.isEmpty()) {
      return new Reading.Unfit(
          Text.of("register.import.headings", number, String.join("、", columns.keySet())));
    }
    var wanted = new ArrayList<String>();
    wanted.add(number);
    wanted.addAll(known);
    return switch (CsvTable.read(file, wanted, EntryImport.MOST)) {
      case CsvTable.Reading.Unreadable _ -> new Reading.Unfit(Text.of("csv.unreadable"));
      case CsvTable.Reading.WithoutHeadings(var missing) ->
          new Reading.Unfit(Text.of("csv.headings", String.join("、", missing)));
      case CsvTable.Reading.TooLong _ ->
          new Reading.Unfit(Text.of("csv.long", String.valueOf(EntryImport.MOST)));
      case CsvTable.Reading.Read(var lines) when lines.isEmpty() ->
          new Reading.Unfit(Text.of("register.import.noLines"));
      case CsvTable.Reading.Read(var lines) ->
          new Reading.Read(
              compared(
                  lines,
                  known,
                  columns,
                  headings.get().stream().filter(each -> !wanted.contains(each)).toList(),
                  clerk));
    };
  }

  private EntryImport compared(
      List<CsvTable.Line> lines,
      List<String> known,
      Map<String, String> columns,
      List<String> ignored,
      StaffMember clerk) {
    var number = book.of(NUMBER);
    var changes = new ArrayList<EntryImport.Change>();
    var findings = new ArrayList<EntryImport.Finding>();
    var seen = new HashMap<String, Integer>();
    for (var line : lines) {
      var at = line.number();
      if (line.cells().isEmpty()) {
        findings.add(finding(at, number, "register.import.cells", String.valueOf(line.found())));
        continue;
      }
      var cells = line.cells().get();
      var named = cells.getFirst();
      var before = seen.putIfAbsent(named, at);
      var contract = before == null ? named(named, clerk) : Optional.<Named>empty();
      if (before != null) {
        findings.add(
            new EntryImport.Finding(
                at, number, Text.of("register.import.twice", String.valueOf(before)), named));
      } else if (contract.isEmpty()) {
        findings.add(finding(at, number, "register.import.unknown", named));
      } else if (contract.get().draft()) {
        findings.add(finding(at, number, "register.import.draft", named));
      } else {
        var typed = new LinkedHashMap<String, String>();
        for (var i = 0; i < known.size(); i++) {
          // An empty cell says nothing: systems write out what they do not have as empty.
          if (!cells.get(i + 1).isBlank()) {
            typed.put(known.get(i), cells.get(i + 1));
          }
        }
        change(at, named, contract.get(), typed, columns, findings).ifPresent(changes::add);
      }
    }
    return new EntryImport(lines.size(), changes, findings, ignored);
  }

  private Optional<EntryImport.Change> change(
      int line,
      String number,
      Named contract,
      Map<String, String> typed,
      Map<String, String> columns,
      List<EntryImport.Finding> findings) {
    var stored = entries.find(new ContractId(contract.id()));
    var form = EntryForm.of(stored.entry(), items.open());
    var fields = new HashMap<>(form.typed());
    var shown = shown(contract, stored.entry());
    typed.forEach((column, value) -> {
      var field = String.valueOf(columns.get(column));
      // What the register shows of itself, though nobody entered it, is no correction.
      if (!value.equals(shown.get(field))) {
        fields.put(field, value);
      }
    });
    var reader = new FormReader();
    var entry = new EntryForm(fields, form.items()).read(reader);
    var wrong = false;
    for (var column : typed.keySet()) {
      // What is missing elsewhere was missing before, and is not what the list is about.
      var why = reader.wrong().get(columns.get(column));
      if (why != null) {
        findings.add(new EntryImport.Finding(line, column, why, typed.getOrDefault(column, "")));
        wrong = true;
      }
    }
    var differences = words.changes(stored.entry(), entry, items.open());
    return wrong || differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EntryImport.Change(
                contract.id(), number, contract.title(), stored.version(), entry, differences));
  }

  /** What the register's own CSV has where nothing was entered. */
  private Map<String, String> shown(Named contract, Entry entry) {
    var shown = new HashMap<String, String>();
    entries
        .approved(new ContractId(contract.id()))
        .ifPresent(number -> shown.put("decisionNumber", number));
    EntryWords.fiscalYear(entry, contract.contractDate())
        .ifPresent(year -> shown.put("fiscalYear", year.toString()));
    return shown;
  }

  private static EntryImport.Finding finding(int line, String column, String why, String value) {
    return new EntryImport.Finding(line, column, Text.of(why), value);
  }

  /** The contract of that number, if it is one that the person handles. */
  private Optional<Named> named(String number, StaffMember clerk) {
    return reached
        .within(
            Authorisation.reach(clerk, Act.HANDLE_CONTRACT),
            jdbc.sql(
                "select c.id, c.title, c.state, c.contract_date from contract c where c.number = :number and "
                    + ContractReach.CONDITION))
        .param("number", number)
        .query((row, _) ->
            new Named(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getString("state").equals("DRAFT"),
                Optional.ofNullable(row.getObject("contract_date", LocalDate.class))))
        .optional();
  }

  /**
   * Corrects by a list, all of it or nothing.
   *
   * @param seen the digest of what was shown
   * @return why it was not done; empty if it is so, now or already
   * @throws jp.musubi.platform.ConcurrentChange if somebody corrected one of them meanwhile
   */
  public Optional<Text> correct(
      byte[] file, String seen, String reason, StaffMember clerk, String clientIp) {
    return switch (read(file, clerk)) {
      case Reading.Unfit(var why) -> Optional.of(why);
      case Reading.Read(var list) when !list.findings().isEmpty() ->
          Optional.of(Text.of("register.import.again"));
      case Reading.Read(var list) when list.changes().isEmpty() -> Optional.empty();
      case Reading.Read(var list) when !list.digest().equals(seen) ->
          Optional.of(Text.of("register.import.again"));
      case Reading.Read(var list) -> {
        for (var change : list.changes()) {
          entries.correct(
              contracts.get(new ContractId(change.contract())),
              change.version(),
              change.entry(),
              reason,
              clerk,
              clientIp);
        }
        yield Optional.empty();
      }
    };
  }
}

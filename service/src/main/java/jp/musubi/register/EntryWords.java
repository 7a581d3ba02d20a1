package jp.musubi.register;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.platform.web.Book;
import org.springframework.stereotype.Component;

/** 台帳の項目, in words. */
@Component
class EntryWords {
  private final Book book;

  EntryWords(Book book) {
    this.book = book;
  }

  /**
   * One item in words.
   *
   * @param what as it is called today
   * @param value empty for none
   */
  record Line(String key, String what, String value) {}

  /** Each item with its value, in the register's order; of retired ones those that have a value. */
  List<Line> of(Entry entry, List<Item> items) {
    var lines = new ArrayList<Line>();
    line(
        lines,
        "pricing",
        entry.pricing().map(kind -> book.of("register.pricing." + kind)).orElse(""));
    line(lines, "longTerm", mark(entry.longTerm()));
    line(lines, "debtBurden", mark(entry.debtBurden()));
    line(lines, "budgetClause", mark(entry.budgetClause()));
    line(lines, "fiscalYear", entry.fiscalYear().map(FiscalYear::toString).orElse(""));
    line(lines, "decision", entry.decision());
    line(lines, "keeping", entry.keeping().map(Keeping::toString).orElse(""));
    for (var item : items) {
      var value = entry.values().get(item.id());
      if (value != null || !item.retired()) {
        lines.add(new Line(item.field(), item.name(), value == null ? "" : item.shown(value)));
      }
    }
    return lines;
  }

  private void line(List<Line> lines, String key, String value) {
    lines.add(new Line(key, book.of("register." + key), value));
  }

  /** 年度 as the register has it: what was entered, or that of 契約日. */
  static Optional<FiscalYear> fiscalYear(Entry entry, Optional<LocalDate> contractDate) {
    return entry.fiscalYear().or(() -> contractDate.map(FiscalYear::of));
  }

  /** What differs, in words. */
  List<CorrectionStore.Change> changes(Entry before, Entry after, List<Item> items) {
    var then = of(before, items).stream().collect(Collectors.toMap(Line::key, Line::value));
    var now = of(after, items);
    var changes = new ArrayList<CorrectionStore.Change>();
    for (var line : now) {
      var was = then.getOrDefault(line.key(), "");
      if (!was.equals(line.value())) {
        changes.add(new CorrectionStore.Change(line.what(), was, line.value()));
      }
    }
    return changes;
  }

  private String mark(boolean on) {
    return on ? book.of("register.marked") : "";
  }
}

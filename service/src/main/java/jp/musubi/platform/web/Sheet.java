package jp.musubi.platform.web;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * 一覧と詳細の画面 — a page of facts, tables and what can be done, drawn by web/sheet.html.
 *
 * @param heading the one h1
 * @param lead what the page is for, in a sentence
 * @param warning what wants a look before anything else
 * @param search where a search form leads, if the page has one
 */
public record Sheet(
    String heading,
    List<Crumb> crumbs,
    @Nullable Text lead,
    @Nullable Text warning,
    @Nullable Search search,
    List<Fact> facts,
    List<Action> actions,
    List<Table> tables) {

  /** Keeps its own copies. */
  public Sheet {
    crumbs = List.copyOf(crumbs);
    facts = List.copyOf(facts);
    actions = List.copyOf(actions);
    tables = List.copyOf(tables);
  }

  /** A page with a heading and the way to it. */
  public static Sheet of(String heading, List<Crumb> crumbs) {
    return new Sheet(heading, crumbs, null, null, null, List.of(), List.of(), List.of());
  }

  /** The same page with a sentence on what it is for. */
  public Sheet led(Text words) {
    return new Sheet(heading, crumbs, words, warning, search, facts, actions, tables);
  }

  /** The same page with what wants a look first, or nothing. */
  public Sheet warning(@Nullable Text words) {
    return new Sheet(heading, crumbs, lead, words, search, facts, actions, tables);
  }

  /** The same page with a search form. */
  public Sheet searching(Search form) {
    return new Sheet(heading, crumbs, lead, warning, form, facts, actions, tables);
  }

  /** The same page with facts. */
  public Sheet with(List<Fact> more) {
    return new Sheet(heading, crumbs, lead, warning, search, more, actions, tables);
  }

  /** The same page with what can be done. */
  public Sheet doing(List<Action> more) {
    return new Sheet(heading, crumbs, lead, warning, search, facts, more, tables);
  }

  /** The same page with tables. */
  public Sheet listing(List<Table> more) {
    return new Sheet(heading, crumbs, lead, warning, search, facts, actions, more);
  }

  /**
   * A search form that asks by GET.
   *
   * @param label message key of the one field, {@code words}
   */
  public record Search(String path, String label, String words) {}

  /**
   * What can be done.
   *
   * @param label message key
   * @param look solid-fill, outline or text
   * @param values hidden fields of a POST; null for a plain link
   */
  public record Action(
      String label, String path, String look, @Nullable Map<String, String> values) {

    /** A link. */
    public static Action link(String label, String path) {
      return new Action(label, path, "outline", null);
    }

    /** The page's first thing to do, as a link. */
    public static Action first(String label, String path) {
      return new Action(label, path, "solid-fill", null);
    }

    /** A button that changes something. */
    public static Action press(String label, String path, Map<String, String> values) {
      return new Action(label, path, "text", values);
    }

    /** Whether it is a form. */
    public boolean posts() {
      return values != null;
    }
  }

  /**
   * A table, or what to say when it has no rows.
   *
   * @param columns message keys
   * @param empty message key of the sentence that stands for no rows
   */
  public record Table(Text caption, List<String> columns, List<List<Cell>> rows, String empty) {

    /** Keeps its own copies. */
    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      var width = columns.size();
      if (rows.stream().anyMatch(row -> row.size() != width)) {
        throw new NoSuchElementException("a row has another number of cells than columns");
      }
    }
  }

  /**
   * A cell.
   *
   * @param path where the text leads
   * @param note a smaller second line
   * @param action a button in the cell
   */
  public record Cell(
      String text, @Nullable String path, @Nullable String note, @Nullable Action action) {

    /** Plain text. */
    public static Cell of(String text) {
      return new Cell(text, null, null, null);
    }

    /** A link. */
    public static Cell link(String text, String path) {
      return new Cell(text, path, null, null);
    }

    /** A button. */
    public static Cell of(Action action) {
      return new Cell("", null, null, action);
    }

    /** The same with a second line. */
    public Cell noted(@Nullable String more) {
      return new Cell(text, path, more, action);
    }
  }
}

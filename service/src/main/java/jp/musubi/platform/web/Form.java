package jp.musubi.platform.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 入力の画面 — a page with one form, drawn by web/form.html.
 *
 * @param heading the one h1
 * @param lead what it is for and what will happen
 * @param refusal why what was sent could not be done
 * @param path where it goes
 * @param submit message key of the button: it says the effect
 * @param back where one goes instead
 */
public record Form(
    String heading,
    List<Crumb> crumbs,
    @Nullable Text lead,
    @Nullable Text refusal,
    String path,
    List<Field> fields,
    String submit,
    String back) {

  /** Looks of fields beside those of {@link Field.Look}. */
  public static final Field.Look DAY =
      new Field.Look("text", "off", null, "medium", null, 40, null);

  /** Several lines. */
  public static final Field.Look LINES =
      new Field.Look("lines", "off", null, null, null, 2000, null);

  /** A box to tick. */
  public static final Field.Look TICK =
      new Field.Look("checkbox", null, null, null, null, null, null);

  /** What goes with the form unseen: its key, the version it changes. */
  public static final Field.Look HIDDEN =
      new Field.Look("hidden", null, null, null, null, null, null);

  /** A CSV file. */
  public static final Field.Look CSV =
      new Field.Look("file", null, null, null, null, null, ".csv,text/csv");

  /** A password that its owner chooses. */
  public static final Field.Look NEW_PASSWORD =
      new Field.Look("password", "new-password", null, "medium", null, 200, null);

  /** Keeps its own copies. */
  public Form {
    crumbs = List.copyOf(crumbs);
    fields = List.copyOf(fields);
  }

  /** A form. */
  public static Form of(
      String heading,
      List<Crumb> crumbs,
      String path,
      List<Field> fields,
      String submit,
      String back) {
    return new Form(heading, crumbs, null, null, path, fields, submit, back);
  }

  /** The same form with a sentence on what it is for. */
  public Form led(Text words) {
    return new Form(heading, crumbs, words, refusal, path, fields, submit, back);
  }

  /** The same form with why it could not be done, or nothing. */
  public Form refused(@Nullable Text words) {
    return new Form(heading, crumbs, lead, words, path, fields, submit, back);
  }

  /** Whether a file goes with it. */
  public boolean sendsFile() {
    return fields.stream().anyMatch(field -> field.type().equals("file"));
  }
}

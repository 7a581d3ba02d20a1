package jp.musubi.platform.web;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * 入力欄 — one field of a form as it is shown: what was typed, what helps, what is wrong with it.
 *
 * <p>Begin with {@link #required} or {@link #optional} and add what the field needs; the parts of
 * fragments/components.html take it from there.
 *
 * @param name the form's parameter and the element's id
 * @param label message key
 * @param called what a body itself calls the field, in place of {@code label}; null for our words
 * @param required whether the form may be sent without it
 * @param value what was typed so far
 * @param hint message key of a line that helps
 * @param error what is wrong, and what to do
 * @param look how it is drawn
 * @param options choices, where the field offers some
 */
public record Field(
    String name,
    String label,
    @Nullable String called,
    boolean required,
    String value,
    @Nullable String hint,
    @Nullable Text error,
    Look look,
    List<Option> options) {

  /**
   * How a field is drawn; each is an HTML attribute.
   *
   * @param type of the input element
   * @param autocomplete what a browser may fill in (WCAG 1.3.5)
   * @param inputmode which keyboard a phone shows
   * @param width "short" or "medium"; the whole width without
   * @param unit message key of the unit behind a number
   * @param maxlength most characters
   * @param accept kinds of file
   */
  public record Look(
      String type,
      @Nullable String autocomplete,
      @Nullable String inputmode,
      @Nullable String width,
      @Nullable String unit,
      @Nullable Integer maxlength,
      @Nullable String accept) {

    /** One line of text over the whole width. */
    public static final Look TEXT = new Look("text", "off", null, null, null, 200, null);

    /** A mail address of somebody else. */
    public static final Look MAIL = new Look("email", "off", "email", null, null, 254, null);

    /** A time of day. */
    public static final Look TIME = new Look("time", "off", null, "short", null, null, null);

    /** A sum of money. */
    public static final Look MONEY =
        new Look("text", "off", "numeric", "short", "web.unit.yen", 30, null);

    /** A PDF. */
    public static final Look PDF =
        new Look("file", null, null, null, null, null, "application/pdf,.pdf");

    /** A password its owner's keeper may fill in. */
    public static final Look PASSWORD =
        new Look("password", "current-password", null, "medium", null, 200, null);
  }

  /** Keeps its own copy of the options. */
  public Field {
    options = List.copyOf(options);
  }

  /** A field the form needs. */
  public static Field required(String name, String label) {
    return new Field(name, label, null, true, "", null, null, Look.TEXT, List.of());
  }

  /** A field the form can do without. */
  public static Field optional(String name, String label) {
    return new Field(name, label, null, false, "", null, null, Look.TEXT, List.of());
  }

  /**
   * A field of a body's own.
   *
   * @param label message key of what such a field is, whatever it is called
   * @param called what the body calls it: text, never a key
   */
  public static Field called(String name, String label, String called, boolean required) {
    return new Field(name, label, called, required, "", null, null, Look.TEXT, List.of());
  }

  /** The same field with what was typed. */
  public Field with(@Nullable String typed) {
    return new Field(
        name, label, called, required, typed == null ? "" : typed, hint, error, look, options);
  }

  /** The same field with a line that helps. */
  public Field hinted(String key) {
    return new Field(name, label, called, required, value, key, error, look, options);
  }

  /** The same field with what is wrong, or nothing. */
  public Field wrong(@Nullable Text reason) {
    return new Field(name, label, called, required, value, hint, reason, look, options);
  }

  /** The same field, drawn otherwise. */
  public Field drawn(Look other) {
    return new Field(name, label, called, required, value, hint, error, other, options);
  }

  /** The same field with its choices. */
  public Field offering(List<Option> choices) {
    return new Field(name, label, called, required, value, hint, error, look, choices);
  }

  /** Of the input element. */
  public String type() {
    return look.type();
  }

  /** What a browser may fill in. */
  public @Nullable String autocomplete() {
    return look.autocomplete();
  }

  /** Which keyboard a phone shows. */
  public @Nullable String inputmode() {
    return look.inputmode();
  }

  /** How wide it is drawn. */
  public @Nullable String width() {
    return look.width();
  }

  /** Message key of the unit. */
  public @Nullable String unit() {
    return look.unit();
  }

  /** Most characters. */
  public @Nullable Integer maxlength() {
    return look.maxlength();
  }

  /** Kinds of file. */
  public @Nullable String accept() {
    return look.accept();
  }

  /** Ids of the elements that explain this field, or null when none does. */
  public @Nullable String describedBy() {
    var ids =
        Stream.of(hint == null ? "" : name + "-hint", error == null ? "" : name + "-error")
            .filter(id -> !id.isEmpty())
            .toList();
    return ids.isEmpty() ? null : String.join(" ", ids);
  }
}
